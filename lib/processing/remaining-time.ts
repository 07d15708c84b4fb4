/** A step as the estimate sees it. Times count backwards from now, in seconds. */
export type TimedStep = {
  state: "queued" | "running" | "publishing" | "done" | "failed" | "cancelled";
  /** Of the running attempt, 0 to 1. */
  progress: number;
  /** Estimated cost, in any unit. */
  weight: number;
  /** Null for one that has not begun. */
  startedSecondsAgo: number | null;
  /** Null for one that has not ended. */
  endedSecondsAgo: number | null;
};

/** At least this much of the past tells the pace: single steps begin and end by leaps. */
const leastWindowSeconds = 20;
/** Seconds and share of the work before which nothing can be told. */
const tellingSeconds = 2;
const tellingShare = 0.02;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const hasEnded = ({ state }: TimedStep) => state === "done" || state === "failed" || state === "cancelled";
const isActive = ({ state }: TimedStep) => state === "running" || state === "publishing";
const bounded = (fraction: number) => Math.min(1, Math.max(0, fraction));

/** Which part of a step's work is done now. */
const doneShare = (step: TimedStep): number => (hasEnded(step) ? 1 : isActive(step) ? bounded(step.progress) : 0);

/** Which part of a step's work was done some time ago, if its pace was steady; a running one counts its present attempt. */
const doneShareAgo = (step: TimedStep, secondsAgo: number): number => {
  const { startedSecondsAgo: begun, endedSecondsAgo } = step;
  if (begun === null || begun <= secondsAgo) return 0;
  const ended = endedSecondsAgo ?? 0;
  if (ended >= secondsAgo) return doneShare(step);
  return (doneShare(step) * (begun - secondsAgo)) / (begun - ended);
};

/** Work done so far, in units of weight. */
export const doneWeight = (steps: readonly TimedStep[]): number =>
  sum(steps.map((step) => step.weight * doneShare(step)));

const workedSeconds = (step: TimedStep): number => (step.startedSecondsAgo ?? 0) - (step.endedSecondsAgo ?? 0);

/** Seconds that one step takes per unit of weight, on average so far. */
const secondsPerWeight = (steps: readonly TimedStep[]): number => {
  const done = doneWeight(steps);
  return done > 0 ? sum(steps.map(workedSeconds)) / done : 0;
};

/** Below this a step's own pace says little; those of the others say more. */
const ownPaceShare = 0.1;

/** What of a step that is being worked on cannot be shared: at its own pace it needs this long. */
const ownRemainder = (step: TimedStep, usual: number): number => {
  const progress = bounded(step.progress);
  if (progress < ownPaceShare) return step.weight * usual * (1 - progress);
  return (workedSeconds(step) * (1 - progress)) / progress;
};

/**
 * Seconds until all steps are done: what is left, at the pace of all workers together during the last quarter of the
 * time since the work began. Work is counted by estimated cost, so it does not matter which steps it was nor how many ran
 * side by side; a worker that came or left counts soon. Null until there is something to tell.
 */
export const remainingSeconds = (steps: readonly TimedStep[]): number | null => {
  const elapsed = Math.max(0, ...steps.map((step) => step.startedSecondsAgo ?? 0));
  const total = sum(steps.map((step) => step.weight));
  const done = doneWeight(steps);
  const active = steps.filter((step) => step.state === "running");
  if (active.length === 0 || elapsed < tellingSeconds || done < total * tellingShare) return null;
  const window = Math.min(elapsed, Math.max(leastWindowSeconds, elapsed / 4));
  const before = sum(steps.map((step) => step.weight * doneShareAgo(step, window)));
  const pace = (done - before) / window;
  if (pace <= 0) return null;
  const usual = secondsPerWeight(steps);
  return Math.ceil(Math.max((total - done) / pace, ...active.map((step) => ownRemainder(step, usual))));
};
