import { z } from "zod";

/**
 * How much longer steps of a kind take here than their plan's weight says: measured seconds per unit of weight, and a
 * plan's weight is counted in megapixels and seconds of media. Only their ratios matter.
 */
export type StepCosts = Readonly<Record<string, number>>;

/** As stored in the settings. */
export const stepCostsSchema = z.record(z.string(), z.number().positive().max(1e6));

/** What new measurements weigh against what is known. */
const share = 0.3;
/** Kinds that took less are not measured: starting a process would be all there is to see. */
const leastSeconds = 1;

/** A step's work in the past, in seconds on one clock. */
export type WorkedStep = { kind: string; weight: number; startedAt: number; endedAt: number };

/**
 * Seconds that went into each kind of step, together as long as something was being done: while several steps ran side by
 * side, each counts for its part. So the costs add up to the time that passed, whatever ran in parallel.
 */
export const attributedSeconds = (steps: readonly WorkedStep[]): Map<string, number> => {
  const changes = steps
    .flatMap(({ kind, startedAt, endedAt }) => [
      { at: startedAt, kind, by: 1 },
      { at: Math.max(startedAt, endedAt), kind, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at);
  const running = new Map<string, number>();
  const seconds = new Map<string, number>();
  let at = changes[0]?.at ?? 0;
  for (const change of changes) {
    const all = [...running.values()].reduce((sum, count) => sum + count, 0);
    for (const [kind, count] of running) {
      if (all > 0) seconds.set(kind, (seconds.get(kind) ?? 0) + ((change.at - at) * count) / all);
    }
    running.set(change.kind, (running.get(change.kind) ?? 0) + change.by);
    at = change.at;
  }
  return seconds;
};

/** The table with what a finished run taught. `weight` of the steps is the plan's own. */
export const learnCosts = (known: StepCosts, steps: readonly WorkedStep[]): StepCosts => {
  const weights = new Map<string, number>();
  for (const { kind, weight } of steps) weights.set(kind, (weights.get(kind) ?? 0) + weight);
  const measured = [...attributedSeconds(steps)].flatMap(([kind, seconds]) => {
    const weight = weights.get(kind) ?? 0;
    if (seconds < leastSeconds || weight <= 0) return [];
    const before = known[kind];
    const now = seconds / weight;
    return [[kind, before === undefined ? now : before + (now - before) * share] as const];
  });
  return { ...known, ...Object.fromEntries(measured) };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 1;

/** Estimated cost of a step. A kind that was never measured is taken to be as far off as the others are. */
export const costOf = (costs: StepCosts, step: { kind: string; weight: number }): number =>
  step.weight * (costs[step.kind] ?? median(Object.values(costs)));
