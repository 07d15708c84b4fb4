import { describe, expect, test } from "vitest";
import type { StreamPicture } from "#lib/media/plan/plan.ts";
import {
  analysedSize,
  exactFrameCommand,
  posterLooksCommand,
  posterSweepCommand,
} from "#lib/media/stills/poster-command.ts";
import { posterPlan } from "#lib/media/stills/poster-plan.ts";

const picture: StreamPicture = {
  ...{ origin: "stream", streamIndex: 1, width: 1920, height: 1080, deinterlace: false },
  ...{ toneMapFrom: null, fromRgb: false, holdSeconds: 0 },
};
const sourcePath = "/store/original";

describe("posterPlan", () => {
  test("looks at six moments of a short clip and at no more than twelve of a film", () => {
    expect(posterPlan({ picture, durationSeconds: 12 })).toEqual({
      atSeconds: [1, 3, 5, 7, 9, 11],
      ...{ sweepSeconds: 12, sweepEverySeconds: 2, width: 1280, height: 720 },
    });
    const film = posterPlan({ picture, durationSeconds: 7200 });
    expect(film.atSeconds).toHaveLength(12);
    expect(film.atSeconds.slice(0, 2)).toEqual([300, 900]);
    expect(film.sweepSeconds).toBe(20);
  });

  test("keeps the shape of upright and of small pictures", () => {
    expect(posterPlan({ picture: { width: 1080, height: 1920 }, durationSeconds: 5 })).toMatchObject({
      ...{ width: 720, height: 1280 },
    });
    expect(posterPlan({ picture: { width: 321, height: 180 }, durationSeconds: 5 })).toMatchObject({ width: 322 });
    expect(analysedSize({ width: 720, height: 1280 })).toEqual({ width: 180, height: 320 });
  });

  test("of unknown length the beginning is looked at", () => {
    expect(posterPlan({ picture, durationSeconds: 0 })).toMatchObject({ atSeconds: [0], sweepSeconds: 2 });
  });
});

test("looks decode one key frame per seek", () => {
  const poster = { ...posterPlan({ picture, durationSeconds: 12 }), atSeconds: [1, 3] };
  expect(posterLooksCommand({ picture, poster, sourcePath })).toMatchSnapshot();
});

test("the sweep decodes from the beginning and is bounded", () => {
  const poster = posterPlan({ picture, durationSeconds: 7200 });
  expect(posterSweepCommand({ picture, poster, sourcePath })).toMatchSnapshot();
});

test("an exact frame is the last one not after the moment", () => {
  const names = { poster: "poster.jpg", pixel: "pixel.rgb" };
  const size = { width: 1280, height: 720 };
  const frame = { picture, poster: size, sourcePath, windowSeconds: 1, names, pick: "last" as const };
  expect(exactFrameCommand({ ...frame, atSeconds: 5.2 })).toMatchSnapshot();
  expect(exactFrameCommand({ ...frame, atSeconds: 0.25 }).inputs[0]?.options).toEqual(["-ss", "0", "-t", "1.2505"]);
  const first = exactFrameCommand({ ...frame, atSeconds: 0.25, pick: "first" });
  expect(first.inputs[0]?.options).toEqual(["-ss", "0.25", "-t", "2"]);
  expect(first.filterGraph).toContain("trim=end_frame=1");
});
