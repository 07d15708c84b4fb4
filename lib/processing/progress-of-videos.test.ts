import { describe, expect, it } from "vitest";
import type { StepProgress } from "#lib/db/queries/runs/run-progress.ts";
import { progressOfSteps } from "#lib/processing/progress-of-videos.ts";

const step = (values: Partial<StepProgress>): StepProgress => ({
  videoId: "v",
  runId: "r",
  kind: "encode",
  state: "queued",
  progress: 0,
  speed: null,
  weight: 1,
  ordinal: 0,
  errorCode: null,
  startedSecondsAgo: null,
  endedSecondsAgo: null,
  ...values,
});
const probed = step({ kind: "probe", state: "done", weight: 0 });

describe("progressOfSteps", () => {
  it("waits with a place in the queue while nothing of the run is worked on", () => {
    const progress = progressOfSteps([step({ kind: "probe" })], 3);
    expect(progress).toMatchObject({ stage: "waiting", percent: 0, etaSeconds: null, speed: null, queuePosition: 3 });
  });

  it("says nothing of the whole while the probe is at work", () => {
    const progress = progressOfSteps([step({ kind: "probe", state: "running", progress: 0.9 })], null);
    expect(progress).toMatchObject({ stage: "probing", percent: 0, queuePosition: null });
  });

  it("weighs the steps: half of an encode of weight 8 among 10 is 40 percent", () => {
    const encode = step({ state: "running", progress: 0.5, weight: 8, speed: 2.345, startedSecondsAgo: 10 });
    const progress = progressOfSteps([probed, encode, step({ kind: "audio", weight: 2 })], null);
    // 4 of 10 in 10 s: 6 left at 0.4 a second.
    expect(progress).toMatchObject({
      stage: "encoding",
      percent: 40,
      etaSeconds: 15,
      speed: 2.35,
      queuePosition: null,
    });
  });

  it("waits again for an encode's turn after the probe", () => {
    expect(progressOfSteps([probed, step({}), step({ kind: "finish" })], 1)).toMatchObject({
      stage: "waiting",
      queuePosition: 1,
    });
  });

  it("finishes when all others have ended, failed optional ones included, and never says 100 before it is done", () => {
    const steps = [
      step({ state: "done", weight: 100 }),
      step({ kind: "poster", state: "failed" }),
      step({ kind: "finish", weight: 0.1 }),
    ];
    expect(progressOfSteps(steps, null)).toMatchObject({ stage: "finishing", percent: 99, queuePosition: null });
  });

  it("gives no remaining time before two seconds and two percent tell something", () => {
    const early = step({ state: "running", progress: 0.5, startedSecondsAgo: 1 });
    const small = step({ state: "running", progress: 0.01, startedSecondsAgo: 60 });
    expect(progressOfSteps([early], null).etaSeconds).toBeNull();
    expect(progressOfSteps([small], null).etaSeconds).toBeNull();
  });
});
