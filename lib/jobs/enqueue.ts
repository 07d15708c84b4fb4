import type { DbOrTx } from "#lib/db/client.ts";
import { addJob, addJobs, type NewJob } from "#lib/db/queries/runs/jobs.ts";
import { type JobName, type JobPayload, jobs } from "#lib/jobs/names.ts";
import { currentRequestId } from "#lib/log.ts";

/** When and under which name a job is queued. */
export type EnqueueOptions = {
  /** A waiting job with the same key is replaced instead of doubled. */
  key?: string;
  runAt?: Date;
  /** Lower runs first; 0 is usual. */
  priority?: number;
  /** Jobs of one queue run one after the other, in whatever process. */
  queue?: string;
};

/** A job to queue: its name, its payload and when it runs. */
export type QueuedJob<Name extends JobName = JobName> = {
  name: Name;
  payload: JobPayload<Name>;
  options?: EnqueueOptions;
};

const toNewJob = ({ name, payload, options = {} }: QueuedJob): NewJob => {
  const job = jobs[name];
  const requestId = currentRequestId() ?? undefined;
  return { name, payload: job.payload.parse({ requestId, ...payload }), maxAttempts: job.maxAttempts, ...options };
};

/**
 * Queues a job in the caller's transaction, so that state and job commit together or not at all. The request id of the
 * caller goes along in the payload. Throws `ZodError` when the payload does not fit the job.
 */
export const enqueue = async <Name extends JobName>(
  tx: DbOrTx,
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): Promise<void> => addJob(tx, toNewJob({ name, payload, options }));

/** Queues many jobs at once: a film of two hours has more than a hundred. Like `enqueue`. */
export const enqueueMany = (tx: DbOrTx, queued: readonly QueuedJob[]): Promise<void> =>
  addJobs(tx, queued.map(toNewJob));
