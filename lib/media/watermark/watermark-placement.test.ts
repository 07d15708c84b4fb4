import { describe, expect, test } from "vitest";
import { watermarkPositions } from "#lib/media/plan/wishes.ts";
import { placeMark } from "#lib/media/watermark/watermark-placement.ts";

const image = { width: 400, height: 100 };
const hd = { width: 1920, height: 1080 };

describe("placeMark", () => {
  test("takes its width from the picture's width and its margin from the short side", () => {
    const at = (position: (typeof watermarkPositions)[number]) =>
      placeMark({ picture: hd, image, placement: { position, scale: 0.2, margin: 0.05 } });
    expect(Object.fromEntries(watermarkPositions.map((position) => [position, at(position)]))).toEqual({
      "top-left": { x: 54, y: 54, width: 384, height: 96 },
      "top-right": { x: 1482, y: 54, width: 384, height: 96 },
      "bottom-left": { x: 54, y: 930, width: 384, height: 96 },
      "bottom-right": { x: 1482, y: 930, width: 384, height: 96 },
      center: { x: 768, y: 492, width: 384, height: 96 },
    });
  });

  test("stands at the same place on every rung, to two pixels", () => {
    for (const position of watermarkPositions) {
      const placement = { position, scale: 0.13, margin: 0.037 };
      const large = placeMark({ picture: hd, image, placement });
      const small = placeMark({ picture: { width: 640, height: 360 }, image, placement });
      for (const name of ["x", "y", "width", "height"] as const) {
        expect(Math.abs(large[name] / 3 - small[name])).toBeLessThanOrEqual(2);
      }
    }
  });

  test("is even everywhere and inside the picture, whatever the numbers", () => {
    for (const [width, height] of [
      [16, 16],
      [202, 360],
      [426, 240],
      [5120, 2160],
      [854, 480],
    ] as const) {
      for (const position of watermarkPositions) {
        for (const scale of [0.02, 0.333, 0.6]) {
          for (const margin of [0, 0.071, 0.2]) {
            for (const mark of [image, { width: 7, height: 2001 }, { width: 3001, height: 3 }]) {
              const box = placeMark({
                picture: { width, height },
                image: mark,
                placement: { position, scale, margin },
              });
              expect(Object.values(box).every((value) => value % 2 === 0 && value >= 0)).toBe(true);
              expect(box.x + box.width).toBeLessThanOrEqual(width);
              expect(box.y + box.height).toBeLessThanOrEqual(height);
            }
          }
        }
      }
    }
  });

  test("makes a tall mark smaller rather than cutting it off", () => {
    const box = placeMark({
      picture: hd,
      image: { width: 100, height: 400 },
      placement: { position: "bottom-right", scale: 0.5, margin: 0.1 },
    });
    expect(box).toEqual({ x: 1596, y: 108, width: 216, height: 864 });
  });
});
