import type { Tx } from "#lib/db/client.ts";
import { listStepHeads, type StepHead, type StepKind } from "#lib/db/queries/run-steps.ts";
import type { RunRow } from "#lib/db/queries/runs.ts";
import { enqueueSteps } from "#lib/processing/step-jobs.ts";

const open = new Set(["queued", "running", "publishing"]);

/** Kinds that wait until all steps of some other kinds have ended; `all` waits for everything else. */
const waitsFor: Partial<Record<StepKind, readonly StepKind[] | "all">> = {
  finish: "all",
  // The first rung goes ahead: beside it an encoder of all the others would halve its pace.
  encode: ["preview"],
  // Stills are made of the pictures that the others made.
  stills: ["preview", "encode", "package"],
};

const isFree = (step: StepHead, steps: readonly StepHead[]): boolean => {
  const awaited = waitsFor[step.kind];
  if (awaited === undefined) return true;
  const holds = (other: StepHead) => (awaited === "all" ? other.kind !== step.kind : awaited.includes(other.kind));
  return !steps.some((other) => open.has(other.state) && holds(other));
};

/** Whether the end of a step of one kind may free a step of another. */
const isFreedBy = (kind: StepKind, ended: StepKind): boolean => {
  const awaited = waitsFor[kind];
  return awaited === "all" || awaited?.includes(ended) === true;
};

/** Which queued steps are looked at: all, or those that the end of a step of that kind may just have freed. */
export type DueScope = { which: "all" } | { which: "freed"; ended: StepKind };

/**
 * Queues the jobs of queued steps that wait for no other. The run must be locked, for two last steps may end together.
 * What is queued already is only queued anew. The same rule stands in `listStrandedSteps`.
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
