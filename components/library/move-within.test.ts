import { expect, test } from "vitest";
import { moveWithin, placeAt } from "#components/library/move-within.ts";

test("an item goes to a place, and the others keep their order", () => {
  const list = ["a", "b", "c", "d"];
  expect(moveWithin(list, 0, 2)).toEqual(["b", "c", "a", "d"]);
  expect(moveWithin(list, 3, 0)).toEqual(["d", "a", "b", "c"]);
  expect(moveWithin(list, 1, 99)).toEqual(["a", "c", "d", "b"]);
  expect(moveWithin(list, 2, -5)).toEqual(["c", "a", "b", "d"]);
});

test("nothing changes when nothing moves, or there is no such item", () => {
  const list = ["a", "b"];
  expect(moveWithin(list, 1, 1)).toBe(list);
  expect(moveWithin(list, 1, 5)).toBe(list);
  expect(moveWithin(list, 7, 0)).toBe(list);
});

test("a height means the row that it lies in, and beyond all rows the nearest", () => {
  const rows = [0, 80, 160].map((top) => ({ top, height: 80 }));
  expect([-50, 10, 79, 80, 200, 900].map((y) => placeAt(rows, y))).toEqual([0, 0, 0, 1, 2, 2]);
});
