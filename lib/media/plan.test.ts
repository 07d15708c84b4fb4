import { describe, expect, test } from "vitest";
import { encodeCommand } from "./encode-command.ts";
import { outputFrameRate } from "./frame-rate.ts";
import { makeChunks, makeGrid } from "./grid.ts";
import { makeLadder } from "./ladder.ts";
import { defaultPlanSettings, makePlan } from "./plan.ts";
import { assertProcessable, parseProbe } from "./probe.ts";

const file = (streams: object[], format: object = {}) =>
  parseProbe({
    streams,
    format: { format_name: "mov,mp4,m4a,3gp,3g2,mj2", duration: "12.0", start_time: "0.0", ...format },
  });

const picture = {
  ...{ index: 0, codec_type: "video", codec_name: "h264", width: 1920, height: 1080, pix_fmt: "yuv420p" },
  ...{ r_frame_rate: "30000/1001", avg_frame_rate: "30000/1001", sample_aspect_ratio: "1:1", duration: "12.0" },
};
const sound = {
  ...{ index: 1, codec_type: "audio", codec_name: "aac", profile: "LC", sample_rate: "48000", channels: 2 },
  ...{ bit_rate: "128000", duration: "12.0", start_time: "0.0", tags: { language: "ukr", title: 'Dub "one"\n' } },
};
const plan = (streams: object[], format?: object) =>
  makePlan({ probe: file(streams, format), settings: defaultPlanSettings });

describe("a plan", () => {
  test("of a usual file", () => {
    expect(plan([picture, sound])).toMatchSnapshot();
  });

  test("of sound alone draws a cover and takes no poster", () => {
    const made = plan([sound]);
    expect(made.picture.origin).toBe("cover");
    expect(made.steps.map(({ kind }) => kind)).toEqual(["encode", "audio", "finish"]);
  });

  test("is plain JSON", () => {
    const made = plan([picture, sound]);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
  });

  test("holds the last frame where sound lasts longer, and adds silence where it ends early", () => {
    expect(plan([{ ...picture, duration: "9.0" }, sound]).picture).toMatchObject({ holdSeconds: 3 });
    expect(plan([picture, { ...sound, duration: "10.0" }]).audio[0]).toMatchObject({ mode: "encode", padSeconds: 2 });
  });

  test("bounds the output of a file that declares no length", () => {
    expect(plan([picture], { duration: undefined }).outputLimitSeconds).toBe(43_200);
  });
});

describe("reading ffprobe", () => {
  test("cover art is no picture, and a track's title cannot end an attribute", () => {
    const probe = file([{ ...picture, disposition: { attached_pic: 1 } }, sound]);
    expect(probe.video).toBeNull();
    expect(probe.audio[0]).toMatchObject({ language: "ukr", title: "Dub one" });
  });

  test("a display matrix of -90 degrees is a quarter turn clockwise", () => {
    const turned = { ...picture, side_data_list: [{ side_data_type: "Display Matrix", rotation: -90 }] };
    expect(file([turned]).video?.rotation).toBe(90);
  });

  test("refuses by code", () => {
    const refusal = (streams: object[], format?: object) => () =>
      assertProcessable({ probe: file(streams, format), limits: defaultPlanSettings.limits, sizeBytes: 1e9 });
    expect(refusal([])).toThrow("no_streams");
    expect(refusal([{ ...picture, width: 9000, height: 9000 }])).toThrow("too_large_frame");
    expect(refusal([picture], { duration: "50000" })).toThrow("too_long");
    expect(refusal([{ ...picture, codec_name: undefined }])).toThrow("unsupported_codec");
    expect(() => parseProbe({})).toThrow("not_media");
  });
});

describe("the ladder", () => {
  const names = (width: number, height: number) =>
    makeLadder({ size: { width, height }, frameRate: { num: 25, den: 1 } }).map(
      (rung) => `${rung.name} ${rung.width}x${rung.height}`,
    );

  test("ends at the source's short side and keeps portrait", () => {
    expect(names(1920, 1080)).toEqual(["360p 640x360", "480p 854x480", "720p 1280x720", "1080p 1920x1080"]);
    expect(names(1080, 1920).at(-1)).toBe("1080p 1080x1920");
    expect(names(3840, 2160).at(-1)).toBe("2160p 3840x2160");
  });

  test("never enlarges and makes sides even", () => {
    expect(names(321, 181)).toEqual(["180p 320x180"]);
    expect(names(1919, 1079).at(-1)).toBe("1080p 1918x1078");
  });

  test("allows half as many bits again above 31 frames per second", () => {
    const [slow, fast] = [30, 60].map(
      (num) => makeLadder({ size: { width: 640, height: 360 }, frameRate: { num, den: 1 } })[0],
    );
    expect(fast?.maxrateKbps).toBe((slow?.maxrateKbps ?? 0) * 1.5);
  });
});

describe("the grid", () => {
  const frameRate = { num: 30_000, den: 1001 };

  test("stands on frames, close to the target", () => {
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 12 }).framesPerSegment).toBe(120);
  });

  test("leaves out the last line when next to nothing follows it", () => {
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 12.1 }).uncutFrame).toBe(360);
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 13 }).uncutFrame).toBeNull();
    expect(makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 0.2 }).uncutFrame).toBeNull();
  });

  test("chunks follow one another on grid lines and the last is open", () => {
    const grid = makeGrid({ frameRate, targetSeconds: 4, durationSeconds: 60 });
    expect(makeChunks({ grid, segmentCounts: [2, 4] })).toEqual([
      { ordinal: 0, startFrame: 0, frameCount: 240, firstSegment: 0 },
      { ordinal: 1, startFrame: 240, frameCount: 480, firstSegment: 2 },
      { ordinal: 2, startFrame: 720, frameCount: null, firstSegment: 6 },
    ]);
  });
});

test.each([
  ["30000/1001", "30000/1001", "30000/1001"],
  ["25/1", "2500/101", "25/1"],
  ["120/1", "120/1", "60/1"],
  ["60/1", "45/2", "60/1"],
  ["90000/1", "2985/100", "30000/1001"],
  ["1/2", "1/2", "5/1"],
])("nominal %s and mean %s give a constant %s", (nominal, average, expected) => {
  const rate = (text: string) => ({ num: Number(text.split("/")[0]), den: Number(text.split("/")[1]) });
  const made = outputFrameRate({ nominal: rate(nominal), average: rate(average), interlaced: false });
  expect(`${made.num}/${made.den}`).toBe(expected);
});

test("a chunk in the middle seeks, counts frames and keeps its place in time", () => {
  const made = plan([picture, sound]);
  const chunk = makeChunks({ grid: made.grid, segmentCounts: [1, 1] })[1];
  if (chunk === undefined) throw new Error("no chunk");
  const command = encodeCommand({ plan: made, chunk, sourcePath: "/original", coverName: "" });
  expect(command).toMatchSnapshot();
});
