import type { Tx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { type StepTurn, stepPriority } from "#lib/processing/step-priority.ts";

const jobOf = {
  probe: "media/probe",
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
 * Attempts per step. One less than its job's, so that the step's own count decides and the queue's never does: a job that
 * ran out of attempts says nothing to anybody.
 */
export const stepMaxAttempts = 3;

/** Name under which a step's job is queued; at most one job waits under it. */
export const stepJobKey = (stepId: string): string => `step:${stepId}`;

/** Queues a step's job. `tx` must be the transaction that made the step ready to run; `plan` is its run's. */
export const enqueueStep = (
  tx: Tx,
  { runId, stepId, runAt, ...turn }: StepTurn & { runId: string; stepId: string; runAt?: Date },
): Promise<void> =>
  enqueue(
    tx,
    jobOf[turn.kind],
    { runId, stepId },
    { key: stepJobKey(stepId), priority: stepPriority(turn), ...(runAt === undefined ? {} : { runAt }) },
  );
