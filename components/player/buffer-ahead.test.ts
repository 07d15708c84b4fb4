import { expect, it } from "vitest";
import { bufferAhead } from "#components/player/buffer-ahead.ts";

it("counts what can be played on, and nothing behind a gap", () => {
  const ranges = [
    { startSeconds: 20, endSeconds: 30 },
    { startSeconds: 0, endSeconds: 8 },
    { startSeconds: 8.02, endSeconds: 12 },
  ];
  expect(bufferAhead(ranges, 5)).toBeCloseTo(7);
  expect(bufferAhead(ranges, 15)).toBe(0);
  expect(bufferAhead(ranges, 25)).toBeCloseTo(5);
  expect(bufferAhead([], 3)).toBe(0);
});
