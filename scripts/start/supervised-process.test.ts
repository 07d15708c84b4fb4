import { expect, test } from "vitest";
import { backOffMs } from "#scripts/start/supervised-process.ts";

test("the wait before the next try doubles up to half a minute", () => {
  expect([1, 2, 3, 4].map(backOffMs)).toEqual([500, 1000, 2000, 4000]);
  expect(backOffMs(30)).toBe(30_000);
});
