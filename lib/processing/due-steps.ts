import type { Tx } from "#lib/db/client.ts";
import { listStepHeads, type StepHead, type StepKind } from "#lib/db/queries/runs/run-steps.ts";
import type { RunRow } from "#lib/db/queries/runs/runs.ts";
import type { WaitRule } from "#lib/db/queries/runs/stranded-steps.ts";
import { enqueueSteps } from "#lib/processing/step-jobs.ts";

const open = new Set(["queued", "running", "publishing"]);

/** Which steps wait, and for what: the one place that says so. A step waits while any rule of its kind holds it. */
export const waitRules: readonly WaitRule[] = [
  { kind: "finish", fromOrdinal: 0, awaits: "all" },
  // The first rung goes ahead: beside it an encoder of all the others would halve its pace.
  { kind: "encode", fromOrdinal: 0, awaits: ["preview", "copy"] },
  // All but the first chunk, which reads the original.
  { kind: "preview", fromOrdinal: 1, awaits: ["copy"] },
  // And it alone is what viewers wait for: beside the next one it would take twice as long. So do the posters, which decode
  // key frames all over the file for about two thirds of what the first stretch takes.
  { kind: "preview", fromOrdinal: 1, awaits: ["preview"], onlyFirst: true },
  // What players can have made on the spot has time until the ladder has begun: it writes the whole film once more, just when
  // the first viewers come.
  { kind: "package", fromOrdinal: 0, awaits: ["preview", "encode"], onlyFirst: true },
  { kind: "poster", fromOrdinal: 0, awaits: ["preview"], onlyFirst: true },
  // Stills are made of the pictures that the others made.
  { kind: "stills", fromOrdinal: 0, awaits: ["preview", "encode", "package"] },
];

const awaitsKind = ({ kind, awaits }: WaitRule, other: StepKind): boolean =>
  awaits === "all" ? other !== kind : awaits.includes(other);

const awaitsStep = (rule: WaitRule, other: StepHead): boolean =>
  awaitsKind(rule, other.kind) && (rule.onlyFirst !== true || other.ordinal === 0);

const isFree = (step: StepHead, steps: readonly StepHead[]): boolean => {
  const rules = waitRules.filter(({ kind, fromOrdinal }) => kind === step.kind && step.ordinal >= fromOrdinal);
  return !steps.some((other) => open.has(other.state) && rules.some((rule) => awaitsStep(rule, other)));
};

/** Whether the end of a step of one kind may free a step of another. */
const isFreedBy = (kind: StepKind, ended: StepKind): boolean =>
  waitRules.some((rule) => rule.kind === kind && awaitsKind(rule, ended));

/** Which queued steps are looked at: all, or those that the end of a step of that kind may just have freed. */
export type DueScope = { which: "all" } | { which: "freed"; ended: StepKind };

/**
 * Queues the jobs of queued steps that wait for no other. The run must be locked, for two last steps may end together.
 * What is queued already is only queued anew.
 */
export const enqueueDueSteps = async (tx: Tx, { run, ...scope }: { run: RunRow } & DueScope): Promise<void> => {
  const steps = await listStepHeads(tx, run.id);
  const due = steps.filter(
    (step) =>
      step.state === "queued" && (scope.which === "all" || isFreedBy(step.kind, scope.ended)) && isFree(step, steps),
  );
  await enqueueSteps(
    tx,
    due.map(({ id, kind, ordinal }) => ({ runId: run.id, stepId: id, kind, ordinal, plan: run.plan })),
  );
};
