import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx, Tx } from "#lib/db/client.ts";

/** A job as graphile-worker's `add_job` takes it. */
export type NewJob = {
  name: string;
  payload: Record<string, unknown>;
  maxAttempts: number;
  key?: string;
  runAt?: Date;
  priority?: number;
  /** Jobs of one queue run one after the other, in whatever process. */
  queue?: string;
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
      priority => ${job.priority ?? null}::int,
      queue_name => ${job.queue ?? null}::text
    )`);
};

/** Adds many jobs to the queue in one statement, inside the caller's transaction. */
export const addJobs = async (tx: DbOrTx, newJobs: readonly NewJob[]): Promise<void> => {
  if (newJobs.length === 0) return;
  const specs = newJobs.map((job) => ({
    identifier: job.name,
    payload: job.payload,
    run_at: job.runAt?.toISOString() ?? null,
    max_attempts: job.maxAttempts,
    job_key: job.key ?? null,
    priority: job.priority ?? null,
    queue_name: job.queue ?? null,
  }));
  await tx.execute(sql`
    select 1 from graphile_worker.add_jobs((
      select array_agg(json_populate_record(null::graphile_worker.job_spec, spec))
      from json_array_elements(${JSON.stringify(specs)}::json) spec
    ))`);
};

/**
 * Removes the job that waits under `key`. A job that is being worked on is kept from being tried again instead; its
 * worker finds out from the state it works on.
 */
export const removeJob = async (tx: DbOrTx, key: string): Promise<void> => {
  await tx.execute(sql`select 1 from graphile_worker.remove_job(${key}::text)`);
};

/** A row of `_private_jobs` that was never begun: attempts are counted as a job is taken, and one that got all of them anew keeps its last error. */
export const untouchedJob = sql`locked_at is null and attempts = 0 and last_error is null`;

/** Whether a job is there under a key (a text expression) that runs or will be tried again. */
export const liveJob = (key: SQL): SQL =>
  sql`exists (select 1 from graphile_worker.jobs j where j.key = ${key} and (j.locked_at is not null or j.attempts < j.max_attempts))`;

/**
 * Takes the job that waits under `key` away. False when there is none or somebody has begun it, even if that failed half
 * way and waits for its next try: then it will be done.
 */
export const takeWaitingJob = async (tx: Tx, key: string): Promise<boolean> => {
  const rows = await tx.execute(sql`
    select id from graphile_worker._private_jobs where key = ${key}::text and ${untouchedJob} for update skip locked`);
  if (rows.length === 0) return false;
  await removeJob(tx, key);
  return true;
};

/**
 * Frees every job that those graphile-worker pools hold. Their processes must be gone. An attempt that its process's death
 * ended does not count for the job of a step: the step counts, and forgives what went forward.
 */
export const unlockPools = async (tx: DbOrTx, poolIds: readonly string[]): Promise<void> => {
  await tx.execute(sql`
    update graphile_worker._private_jobs j set attempts = greatest(0, j.attempts - 1)
    from graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier like 'media/%' and j.locked_by = any(${textArray(poolIds)})`);
  await tx.execute(sql`select graphile_worker.force_unlock_workers(${textArray(poolIds)})`);
};

const textArray = (values: readonly string[]) =>
  values.length === 0
    ? sql`'{}'::text[]`
    : sql`array[${sql.join(
        values.map((value) => sql`${value}`),
        sql`, `,
      )}]::text[]`;

const jobRow = z.object({
  id: z.string(),
  task_identifier: z.string(),
  attempts: z.number(),
  last_error: z.string().nullable(),
});

/** Jobs out of attempts that nobody holds: the queue will never touch them again, and says so to no one. */
export const listExhaustedJobs = async (
  tx: DbOrTx,
  limit: number,
): Promise<{ id: string; name: string; lastError: string | null }[]> => {
  const rows = await tx.execute(sql`
    select id::text as id, task_identifier, attempts, last_error from graphile_worker.jobs
    where locked_at is null and attempts >= max_attempts
    order by jobs.id limit ${limit}`);
  return [...rows]
    .map((row) => jobRow.parse(row))
    .map((row) => ({ id: row.id, name: row.task_identifier, lastError: row.last_error }));
};

/** Deletes jobs that nobody holds. */
export const deleteJobs = async (tx: DbOrTx, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  await tx.execute(sql`select 1 from graphile_worker.complete_jobs(${textArray(ids)}::bigint[])`);
};

/** Gives jobs that nobody holds all their attempts again, from `runAt` on. */
export const rescheduleJobs = async (
  tx: DbOrTx,
  { ids, runAt }: { ids: readonly string[]; runAt: Date },
): Promise<void> => {
  if (ids.length === 0) return;
  await tx.execute(sql`
    select 1 from graphile_worker.reschedule_jobs(
      ${textArray(ids)}::bigint[], run_at => ${runAt.toISOString()}::timestamptz, attempts => 0
    )`);
};

/** Whether the pool still holds the job. A worker that was stopped and woken must not end a job that is another's by now. */
export const isJobHeldBy = async (
  tx: DbOrTx,
  { jobId, poolId }: { jobId: string; poolId: string },
): Promise<boolean> => {
  const rows = await tx.execute(
    sql`select 1 from graphile_worker.jobs where jobs.id = ${jobId}::bigint and locked_by = ${poolId}::text`,
  );
  return rows.length === 1;
};

/**
 * Pools that hold jobs longer than `seconds` without being registered: their process died between its start and its
 * registration.
 */
export const listUnregisteredPools = async (tx: DbOrTx, seconds: number): Promise<string[]> => {
  const rows = await tx.execute(sql`
    select distinct locked_by as pool_id from graphile_worker.jobs j
    where locked_at < now() - make_interval(secs => ${seconds})
      and not exists (
        select 1 from worker_instances w
        where w.swept_at is null and w.stopped_at is null and j.locked_by = any(w.pool_ids)
      )`);
  return [...rows].map((row) => z.object({ pool_id: z.string() }).parse(row).pool_id);
};
