import { describe, expect, it } from "vitest";
import { remainingSeconds, type TimedStep } from "#lib/processing/remaining-time.ts";

/** One step as it went: what it was thought to cost, when it began and how long it really took. */
type Recorded = { weight: number; begun: number; took: number };

const at = (timeline: readonly Recorded[], now: number): TimedStep[] =>
  timeline.map(({ weight, begun, took }) => {
    const state = now < begun ? "queued" : now < begun + took ? "running" : "done";
    return {
      ...{ weight, state, progress: state === "running" ? (now - begun) / took : 0 },
      startedSecondsAgo: state === "queued" ? null : now - begun,
      endedSecondsAgo: state === "done" ? now - begun - took : null,
    };
  });

const endOf = (timeline: readonly Recorded[]) => Math.max(...timeline.map(({ begun, took }) => begun + took));

/**
 * The worst error over the run after its first fifth, as a share of what really remained; in the last tenth, where
 * workers run out of steps one after the other, as a share of that tenth.
 */
const worstError = (timeline: readonly Recorded[]): number => {
  const end = endOf(timeline);
  const errors: number[] = [];
  for (let now = end * 0.2; now < end; now += end / 200) {
    const told = remainingSeconds(at(timeline, now)) ?? Number.POSITIVE_INFINITY;
    errors.push(Math.abs(told - (end - now)) / Math.max(end - now, end / 10));
  }
  return Math.max(...errors);
};

/** Hands steps to the first free of some workers, as the queue does. A step takes its cost, more or less. */
const schedule = (weights: readonly number[], workers: readonly { from: number; pace: number }[]): Recorded[] => {
  const free = workers.map(({ from }) => from);
  return weights.map((weight, index) => {
    const worker = free.indexOf(Math.min(...free));
    const begun = free[worker] ?? 0;
    // Off by up to a tenth, in an order that repeats.
    const took = (weight * (1 + (((index * 7) % 5) - 2) * 0.05)) / (workers[worker]?.pace ?? 1);
    free[worker] = begun + took;
    return { weight, begun, took };
  });
};

const chunks = (count: number, weight = 40) => Array.from({ length: count }, () => weight);
const steady = { from: 0, pace: 1 };

describe("the remaining time is off by less than a quarter after the first fifth", () => {
  it("with steps in turn", () => {
    expect(worstError(schedule([8, 16, 32, ...chunks(20)], [steady]))).toBeLessThan(0.25);
  });

  it("with steps side by side, on workers of unequal pace", () => {
    expect(worstError(schedule([8, 16, 32, ...chunks(110)], [steady, { from: 0, pace: 1.6 }]))).toBeLessThan(0.25);
    expect(worstError(schedule(chunks(200), [steady, steady, steady, { from: 0, pace: 0.5 }]))).toBeLessThan(0.25);
  });

  it("with one long step beside many short ones", () => {
    expect(worstError([...schedule(chunks(20, 20), [steady]), { weight: 60, begun: 0, took: 60 }])).toBeLessThan(0.25);
  });

  it("with one step from start to end", () => {
    expect(worstError([{ weight: 3, begun: 0, took: 600 }])).toBeLessThan(0.25);
  });

  it("with kinds that follow one another, when their costs are known", () => {
    const preview = schedule(chunks(30, 10), [steady, steady]);
    const later = endOf(preview);
    const encodes = schedule(chunks(30, 40), [{ from: later, pace: 2 }]);
    expect(worstError([...preview, ...encodes])).toBeLessThan(0.25);
  });
});

it("a second worker that joins is counted before half of the rest is done", () => {
  const timeline = schedule(chunks(60), [steady, { from: 400, pace: 1 }]);
  const end = endOf(timeline);
  const now = 400 + (end - 400) / 2;
  const told = remainingSeconds(at(timeline, now)) ?? 0;
  expect(Math.abs(told - (end - now)) / (end - now)).toBeLessThan(0.25);
});

it("nothing is told before something can be", () => {
  expect(remainingSeconds([])).toBeNull();
  expect(remainingSeconds(at([{ weight: 1, begun: 0, took: 100 }], 1))).toBeNull();
  expect(remainingSeconds(at([{ weight: 1, begun: 10, took: 100 }], 5))).toBeNull();
});
