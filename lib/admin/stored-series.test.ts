import { expect, test } from "vitest";
import { storedSeries } from "#lib/admin/stored-series.ts";

const days = ["2026-11-19", "2026-11-20", "2026-11-21"];

test("goes back from now by each day's change", () => {
  const changes = new Map([
    ["2026-11-19", 100],
    ["2026-11-21", -30],
  ]);
  expect(storedSeries({ days, storedNow: 170, changes })).toEqual([200, 200, 170]);
});

test("is level where nothing changed", () => {
  expect(storedSeries({ days, storedNow: 5, changes: new Map() })).toEqual([5, 5, 5]);
});
