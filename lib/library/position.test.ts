import { describe, expect, test } from "vitest";
import { positionBetween, spread } from "#lib/library/position.ts";

describe("a place between two", () => {
  test("lies before the first, behind the last and between neighbours", () => {
    expect(positionBetween(null, null)).toBe(0);
    expect(positionBetween(null, 10)).toBeLessThan(10);
    expect(positionBetween(10, null)).toBeGreaterThan(10);
    expect(positionBetween(10, 20)).toBe(15);
    expect(positionBetween(-21, -10)).toBe(-16);
  });

  test("is null when nothing is left between them", () => {
    expect(positionBetween(10, 11)).toBeNull();
    expect(positionBetween(7, 7)).toBeNull();
  });

  test("is found two dozen times between the same two, and spreading makes room anew", () => {
    const [first = 0, second = 0] = spread(2);
    let after = second;
    let moves = 0;
    for (let middle = positionBetween(first, after); middle !== null; middle = positionBetween(first, after)) {
      after = middle;
      moves += 1;
    }
    expect(moves).toBe(24);
    const places = spread(500);
    expect(new Set(places).size).toBe(500);
    expect(places.every(Number.isSafeInteger)).toBe(true);
  });
});
