import { expect, test } from "vitest";
import { maxAttempts, nextAttemptAt } from "#lib/webhooks/retry-schedule.ts";

const now = new Date("2026-11-21T12:00:00Z");
const pauseOf = (attempts: number, random: number) => {
  const next = nextAttemptAt({ attempts, now, random });
  return next === null ? null : (next.getTime() - now.getTime()) / 1000;
};
const pauses = (random: number) =>
  Array.from({ length: maxAttempts - 1 }, (_, index) => pauseOf(index + 1, random) ?? 0);

test("the second attempt comes within seconds, the last one after a day", () => {
  expect(pauseOf(1, 0.5)).toBe(10);
  const day = pauses(0.5).reduce((sum, pause) => sum + pause, 0) / 3600;
  expect(day).toBeGreaterThan(23);
  expect(day).toBeLessThanOrEqual(24);
});

test("each pause is longer than the one before", () => {
  const all = pauses(0.5);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
});

test("chance spreads a pause by a twentieth each way", () => {
  expect(pauseOf(7, 0)).toBe(3420);
  expect(pauseOf(7, 1)).toBe(3780);
});

test("after the last attempt there is no other", () => {
  expect(pauseOf(maxAttempts, 0.5)).toBeNull();
});
