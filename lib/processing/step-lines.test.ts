import { describe, expect, it } from "vitest";
import { stepLines } from "#lib/processing/step-lines.ts";

type Step = Parameters<typeof stepLines>[0][number];

const step = (over: Partial<Step>): Step => ({
  kind: "encode",
  state: "queued",
  progress: 0,
  speed: null,
  weight: 1,
  errorCode: null,
  ...over,
});

describe("stepLines", () => {
  it("gathers chunks into one line with their weighted mean, their speeds together and how many have ended", () => {
    const steps = [
      step({ kind: "finish", weight: 0 }),
      step({ state: "done", progress: 1, weight: 2 }),
      step({ state: "running", progress: 0.5, speed: 1.5, weight: 4 }),
      step({ state: "running", progress: 0.1, speed: 1, weight: 4 }),
      step({ weight: 4 }),
      step({ kind: "probe", state: "done", progress: 1, speed: 3 }),
    ];
    expect(stepLines(steps)).toEqual([
      { kind: "probe", state: "done", percent: 100, speed: null, count: 1, ended: 1, errorCode: null },
      { kind: "encode", state: "running", percent: 31.4, speed: 2.5, count: 4, ended: 1, errorCode: null },
      { kind: "finish", state: "waiting", percent: 0, speed: null, count: 1, ended: 0, errorCode: null },
    ]);
  });

  it("tells what failed only when nothing of its kind goes on", () => {
    const [going] = stepLines([step({ state: "failed" }), step({ state: "running" })]);
    const [ended] = stepLines([step({ state: "failed" }), step({ state: "done" })]);
    const [between] = stepLines([step({ state: "done" }), step({})]);
    expect([going?.state, ended?.state, between?.state]).toEqual(["running", "failed", "running"]);
  });
});
