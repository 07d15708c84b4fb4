import { describe, expect, test } from "vitest";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import { previewPlan, previewSize } from "#lib/media/stills/card-preview.ts";
import { mostTiles, storyboardTiles, storyboardVtt, tileSize } from "#lib/media/stills/storyboard-plan.ts";

const parts = (count: number, seconds = 4): RenditionPart[] => [
  {
    ...{ rendition: "360p", initHash: "x", initBytes: 700, codecs: "avc1.64001e", timescale: 1000 },
    ...{ width: 640, height: 360, firstSegment: 0 },
    segments: Array.from({ length: count }, (_, index) => ({
      ...{ start: index * seconds * 1000, duration: seconds * 1000, sizeBytes: 100_000 },
    })),
  },
];

describe("storyboardTiles", () => {
  test("of a short video are its segments, one after the other to the end", () => {
    expect(storyboardTiles(parts(3))).toEqual([
      { segment: 0, startSeconds: 0, endSeconds: 4 },
      { segment: 1, startSeconds: 4, endSeconds: 8 },
      { segment: 2, startSeconds: 8, endSeconds: 12 },
    ]);
  });

  test("of a film of two hours are no more than two hundred, evenly spread", () => {
    const tiles = storyboardTiles(parts(1800));
    expect(tiles).toHaveLength(mostTiles);
    expect(tiles[1]).toEqual({ segment: 9, startSeconds: 36, endSeconds: 72 });
    expect(tiles.at(-1)?.endSeconds).toBe(7200);
    expect(storyboardTiles(parts(201)).length).toBeLessThanOrEqual(mostTiles);
  });

  test("come from chunks in any order", () => {
    const [part] = parts(4);
    if (part === undefined) throw new Error("no part");
    const later = { ...part, firstSegment: 2, segments: part.segments.slice(2) };
    const earlier = { ...part, segments: part.segments.slice(0, 2) };
    expect(storyboardTiles([later, earlier]).map(({ segment }) => segment)).toEqual([0, 1, 2, 3]);
  });
});

test("tiles keep the shape and about the same area", () => {
  expect(tileSize({ width: 1920, height: 1080 })).toEqual({ width: 192, height: 108 });
  expect(tileSize({ width: 1080, height: 1920 })).toEqual({ width: 108, height: 192 });
  expect(tileSize({ width: 1440, height: 1080 })).toEqual({ width: 166, height: 124 });
  expect(tileSize({ width: 4000, height: 40 })).toEqual({ width: 384, height: 16 });
});

test("the WebVTT is exact: hours, milliseconds, places on a sheet, next sheet", () => {
  const tiles = [
    { segment: 0, startSeconds: 0, endSeconds: 4.004 },
    ...Array.from({ length: 25 }, (_, index) => ({
      ...{ segment: index + 1, startSeconds: 3590 + index * 4, endSeconds: 3594 + index * 4 },
    })),
  ];
  const vtt = storyboardVtt({ tiles, size: { width: 192, height: 108 }, sheetName: (index) => `sheet-${index}.jpg` });
  const cues = vtt.split("\n\n");
  expect(cues[0]).toBe("WEBVTT");
  expect(cues[1]).toBe("00:00:00.000 --> 00:00:04.004\nsheet-0.jpg#xywh=0,0,192,108");
  expect(cues[7]).toBe("01:00:10.000 --> 01:00:14.000\nsheet-0.jpg#xywh=192,108,192,108");
  expect(cues[26]).toBe("01:01:26.000 --> 01:01:30.000\nsheet-1.jpg#xywh=0,0,192,108\n");
});

describe("previewPlan", () => {
  test("takes three scenes of a long video and one of a short one", () => {
    expect(previewPlan(parts(100))?.scenes.map(({ segment }) => segment)).toEqual([15, 45, 75]);
    expect(previewPlan(parts(2))).toMatchObject({ seconds: 3, scenes: [{ segment: 0 }] });
  });

  test("shows no scene twice, and nothing of a clip that is as short", () => {
    const scenes = previewPlan(parts(2, 9))?.scenes ?? [];
    expect(new Set(scenes).size).toBe(scenes.length);
    expect(previewPlan(parts(1, 3))).toBeNull();
    expect(previewPlan([])).toBeNull();
  });

  test("is as wide as a card on a phone", () => {
    expect(previewSize({ width: 1920, height: 1080 })).toEqual({ width: 320, height: 180 });
    expect(previewSize({ width: 1080, height: 1920 })).toEqual({ width: 240, height: 426 });
    expect(previewSize({ width: 100, height: 50 })).toEqual({ width: 100, height: 50 });
  });
});
