import { sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";

/** A job as graphile-worker's `add_job` takes it. */
export type NewJob = {
  name: string;
  payload: Record<string, unknown>;
  maxAttempts: number;
  key?: string;
  runAt?: Date;
  priority?: number;
};

/** Adds one job to the queue, inside the caller's transaction. */
export const addJob = async (tx: DbOrTx, job: NewJob): Promise<void> => {
  await tx.execute(sql`
    select graphile_worker.add_job(
      ${job.name}::text,
      payload => ${JSON.stringify(job.payload)}::json,
      max_attempts => ${job.maxAttempts}::int,
      job_key => ${job.key ?? null}::text,
      run_at => ${job.runAt?.toISOString() ?? null}::timestamptz,
      priority => ${job.priority ?? null}::int
    )`);
};

/**
 * Removes the job that waits under `key`. A job that is being worked on is kept from being tried again instead; its
 * worker finds out from the state it works on.
 */
export const removeJob = async (tx: DbOrTx, key: string): Promise<void> => {
  await tx.execute(sql`select 1 from graphile_worker.remove_job(${key}::text)`);
};
