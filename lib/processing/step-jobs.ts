import type { Tx } from "#lib/db/client.ts";
import type { StepKind } from "#lib/db/queries/run-steps.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

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

// What is nearly done goes first: a finish makes a video watchable, a probe tells its creator what is wrong with it.
const priorityOf: Record<StepKind, number> = {
  finish: -20,
  probe: -10,
  preview: -8,
  audio: -6,
  poster: -5,
  text: -4,
  stills: -3,
  encode: 0,
  package: 1,
};

/**
 * Attempts per step. One less than its job's, so that the step's own count decides and the queue's never does: a job that
 * ran out of attempts says nothing to anybody.
 */
export const stepMaxAttempts = 3;

/** Name under which a step's job is queued; at most one job waits under it. */
export const stepJobKey = (stepId: string): string => `step:${stepId}`;

/** Queues a step's job. `tx` must be the transaction that made the step ready to run. */
export const enqueueStep = (
  tx: Tx,
  { runId, stepId, kind }: { runId: string; stepId: string; kind: StepKind },
): Promise<void> =>
  enqueue(tx, jobOf[kind], { runId, stepId }, { key: stepJobKey(stepId), priority: priorityOf[kind] });
