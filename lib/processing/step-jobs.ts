import type { Tx } from "#lib/db/client.ts";
import { enqueueMany, type QueuedJob } from "#lib/jobs/enqueue.ts";
import { type StepTurn, stepPriority } from "#lib/processing/step-priority.ts";

const jobOf = {
  probe: "media/probe",
  copy: "media/copy",
  preview: "media/preview",
  encode: "media/encode",
  package: "media/package",
  stills: "media/stills",
  text: "media/text",
  audio: "media/audio",
  poster: "media/poster",
  finish: "media/finish",
} as const;

/**
 * Attempts per step that nothing new came of: enough for an operator or a full memory to kill its worker a few times,
 * few enough that a file which kills every worker is soon left alone. One less than its job's, so that the step's own count decides and the queue's never does: a job that
 * ran out of attempts says nothing to anybody.
 */
export const stepMaxAttempts = 5;

/** Name under which a step's job is queued; at most one job waits under it. */
export const stepJobKey = (stepId: string): string => `step:${stepId}`;

/** A step whose job is queued. */
export type StepJob = StepTurn & { runId: string; stepId: string; runAt?: Date };

const toJob = ({ runId, stepId, runAt, ...turn }: StepJob): QueuedJob => ({
  name: jobOf[turn.kind],
  payload: { runId, stepId },
  options: { key: stepJobKey(stepId), priority: stepPriority(turn), ...(runAt === undefined ? {} : { runAt }) },
});

/** Queues a step's job. `tx` must be the transaction that made the step ready to run; `plan` is its run's. */
export const enqueueStep = (tx: Tx, step: StepJob): Promise<void> => enqueueMany(tx, [toJob(step)]);

/** Queues the jobs of many steps at once. Like `enqueueStep`. */
export const enqueueSteps = (tx: Tx, steps: readonly StepJob[]): Promise<void> => enqueueMany(tx, steps.map(toJob));
