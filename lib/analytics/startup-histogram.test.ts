import { expect, test } from "vitest";
import {
  startupBoundsMs,
  startupClasses,
  startupClassOf,
  startupPercentile,
} from "#lib/analytics/startup-histogram.ts";

const counted = (times: readonly number[]) => {
  const counts = Array.from({ length: startupClasses }, () => 0);
  for (const ms of times) counts[startupClassOf(ms)] = (counts[startupClassOf(ms)] ?? 0) + 1;
  return counts;
};

test("every time has a class", () => {
  expect([0, 100, 101, 30_000, 30_001].map(startupClassOf)).toEqual([0, 0, 1, 15, 16]);
  expect(startupClasses).toBe(startupBoundsMs.length + 1);
});

test("percentiles lie within the class of the true one", () => {
  const times = Array.from({ length: 1000 }, (_, index) => (index * index) / 100);
  for (const share of [0.5, 0.9, 0.99]) {
    const real = times[Math.ceil(times.length * share) - 1] ?? 0;
    const told = startupPercentile(counted(times), share) ?? -1;
    expect(startupClassOf(told)).toBe(startupClassOf(real));
  }
});

test("nothing has no percentile, and what is off the scale is told as its end", () => {
  expect(startupPercentile(counted([]), 0.5)).toBeNull();
  expect(startupPercentile(counted([600_000]), 0.5)).toBe(30_000);
  expect(startupPercentile(counted([50, 50]), 1)).toBe(100);
});
