import { expect, test } from "vitest";
import { rowRange, topFor } from "./row-range.ts";

test("only rows near the window are drawn", () => {
  expect(rowRange({ scrollTop: 0, height: 320, count: 1000 })).toEqual({ from: 0, to: 13 });
  expect(rowRange({ scrollTop: 6400, height: 320, count: 1000 })).toEqual({ from: 92, to: 113 });
  expect(rowRange({ scrollTop: 6400, height: 320, count: 20 })).toEqual({ from: 20, to: 20 });
});

test("a row is brought into sight by the shortest way, or to the middle", () => {
  const window = { scrollTop: 640, height: 320 };
  expect(topFor({ ...window, index: 12, place: "near" })).toBe(null);
  expect(topFor({ ...window, index: 2, place: "near" })).toBe(128);
  expect(topFor({ ...window, index: 40, place: "near" })).toBe(2304);
  expect(topFor({ ...window, index: 40, place: "middle" })).toBe(2432);
});
