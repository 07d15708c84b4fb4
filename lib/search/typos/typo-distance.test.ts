import { describe, expect, it } from "vitest";
import { typoDistance } from "./typo-distance.ts";

describe("the distance of words", () => {
  it.each([
    ["борщ", "борщ", 0],
    ["броща", "борща", 1],
    ["camrea", "camera", 1],
    ["varenky", "varenyky", 1],
    ["volcanoo", "volcano", 1],
    ["marafon", "marathon", 2],
    ["", "ab", 2],
    ["abc", "xyz", 3],
    ["a", "abcdef", 3],
  ])("of %s and %s is %i", (one, other, distance) => {
    expect(typoDistance(one, other, 2)).toBe(distance);
    expect(typoDistance(other, one, 2)).toBe(distance);
  });
});
