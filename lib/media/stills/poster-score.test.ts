import { describe, expect, test } from "vitest";
import {
  dominantColorOf,
  measureStill,
  proposePosters,
  type StillFrame,
  stillDistance,
} from "#lib/media/stills/poster-score.ts";

const width = 96;
const height = 54;

const frame = (colourAt: (x: number, y: number) => readonly [number, number, number]): StillFrame => ({
  width,
  height,
  rgb: Uint8Array.from(
    Array.from({ length: width * height }, (_, pixel) => colourAt(pixel % width, Math.floor(pixel / width))).flat(),
  ),
});

const plain = (value: number) => frame(() => [value, value, value]);
/** Squares of two colours: edges everywhere. */
const squares = (size: number, one: readonly [number, number, number], other: readonly [number, number, number]) =>
  frame((x, y) => ((Math.floor(x / size) + Math.floor(y / size)) % 2 === 0 ? one : other));
const sharp = squares(6, [220, 140, 40], [30, 60, 110]);
const elsewhere = squares(13, [40, 160, 60], [200, 210, 190]);
const third = squares(9, [150, 30, 60], [90, 120, 200]);

const blurredBy = (radius: number, source: StillFrame): StillFrame =>
  frame((x, y) => {
    const sum = [0, 0, 0];
    let count = 0;
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v += 1) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u += 1) {
        for (const part of [0, 1, 2]) sum[part] = (sum[part] ?? 0) + (source.rgb[(v * width + u) * 3 + part] ?? 0);
        count += 1;
      }
    }
    const mean = (part: number) => (sum[part] ?? 0) / count;
    return [mean(0), mean(1), mean(2)];
  });

const proposals = (frames: readonly StillFrame[], count = 3) =>
  proposePosters({ stills: frames.map(measureStill), count });

describe("measureStill", () => {
  test("of one colour there is luminance and nothing else", () => {
    const still = measureStill(plain(80));
    expect(still.luminance).toBeCloseTo(80, 3);
    expect(still.contrast).toBeCloseTo(0, 1);
    expect(still.sharpness).toBe(0);
    expect(dominantColorOf(still)).toBe("#505050");
  });

  test("blur takes the sharpness and leaves the colour", () => {
    const [clear, blurred] = [measureStill(sharp), measureStill(blurredBy(4, sharp))];
    expect(blurred.sharpness).toBeLessThan(clear.sharpness * 0.03);
    expect(stillDistance(clear, blurred)).toBeLessThan(0.2);
    expect(Math.abs(blurred.luminance - clear.luminance)).toBeLessThan(3);
  });

  test("colour counts as colourful, grey does not", () => {
    expect(measureStill(plain(128)).colourfulness).toBe(0);
    expect(measureStill(sharp).colourfulness).toBeGreaterThan(60);
  });

  test("frames are far from others and at no distance from themselves", () => {
    expect(stillDistance(measureStill(sharp), measureStill(sharp))).toBe(0);
    expect(stillDistance(measureStill(plain(0)), measureStill(plain(255)))).toBeCloseTo(1, 5);
  });
});

describe("proposePosters", () => {
  test("black, white and plain frames are left out", () => {
    expect(proposals([plain(0), plain(255), plain(120), sharp])).toEqual([3]);
  });

  test("a blurred frame comes after every sharp one, however bright", () => {
    const blurred = blurredBy(4, blurredBy(4, elsewhere));
    const order = proposals([blurred, elsewhere, third, sharp]);
    expect(order).toHaveLength(3);
    expect(order).not.toContain(0);
    expect(proposals([blurred, sharp])).toEqual([1, 0]);
  });

  test("near duplicates are proposed once", () => {
    const nearly = frame((x, y) => {
      const at = (y * width + x) * 3;
      return [0, 1, 2].map((part) => Math.min(255, (sharp.rgb[at + part] ?? 0) + 3)) as [number, number, number];
    });
    const order = proposals([sharp, nearly, sharp, elsewhere]);
    expect(order).toHaveLength(2);
    expect(order).toContain(3);
  });

  test("when all is black one is still proposed, and of nothing none", () => {
    expect(proposals([plain(0), plain(3)])).toHaveLength(1);
    expect(proposals([])).toEqual([]);
  });

  test("equal input gives an equal order", () => {
    const frames = [elsewhere, third, sharp];
    expect(proposals(frames)).toEqual(proposals(frames));
    expect(proposals(frames, 1)).toHaveLength(1);
  });
});
