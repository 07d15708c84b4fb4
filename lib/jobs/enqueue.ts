import type { DbOrTx } from "#lib/db/client.ts";
import { addJob } from "#lib/db/queries/jobs.ts";
import { type JobName, type JobPayload, jobs } from "#lib/jobs/names.ts";
import { currentRequestId } from "#lib/log.ts";

/** When and under which name a job is queued. */
export type EnqueueOptions = {
  /** A waiting job with the same key is replaced instead of doubled. */
  key?: string;
  runAt?: Date;
  /** Lower runs first; 0 is usual. */
  priority?: number;
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
): Promise<void> => {
  const job = jobs[name];
  const requestId = currentRequestId() ?? undefined;
  await addJob(tx, {
    name,
    payload: job.payload.parse({ requestId, ...payload }),
    maxAttempts: job.maxAttempts,
    ...options,
  });
};
