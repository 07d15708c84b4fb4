import { and, eq, isNull, lt, ne, sql } from "drizzle-orm";
import type { Sql } from "postgres";
import { z } from "zod";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { quietMarkText } from "#lib/db/queries/instance/quiet-transactions.ts";
import { workerInstances } from "#lib/db/schema/index.ts";

/** A worker process as registered. */
export type WorkerInstance = { id: string; lockKey: bigint; poolIds: string[]; hostname: string; pid: number };

/**
 * Takes the session advisory lock that says "this worker lives". `client` must be a dedicated one with one connection:
 * the lock is gone as soon as that connection is. Returns the backend's process id, or null when somebody holds the lock.
 */
export const takeWorkerLock = async (client: Sql, lockKey: bigint): Promise<number | null> => {
  const [row] = await client<{ locked: boolean; pid: number }[]>`
    select pg_try_advisory_lock(${lockKey.toString()}::bigint) as locked, pg_backend_pid() as pid`;
  return row?.locked === true ? row.pid : null;
};

/**
 * Tells that the worker lives (quietly; see `markQuiet`), over the very connection that holds its lock. Null when the worker is not registered any
 * more; else the backend's process id, which is another one when the connection, and so the lock, was lost meanwhile.
 */
export const beat = async (client: Sql, workerId: string): Promise<number | null> => {
  const [row] = await client<{ pid: number }[]>`
    with quiet as (${client.unsafe(quietMarkText)}), forgotten as (
      delete from quiet_transactions where marked_at < now() - interval '2 minutes' and xid <> pg_current_xact_id()
    )
    update worker_instances set updated_at = now()
    where id = ${workerId} and swept_at is null and stopped_at is null
    returning pg_backend_pid() as pid`;
  return row?.pid ?? null;
};

/** Registers a worker that holds its lock. */
export const insertWorker = async (tx: DbOrTx, worker: WorkerInstance): Promise<void> => {
  await tx.insert(workerInstances).values(worker);
};

/** Names the worker's queue pools, under which graphile-worker locks its jobs. */
export const setWorkerPools = async (
  tx: DbOrTx,
  { id, poolIds }: Pick<WorkerInstance, "id" | "poolIds">,
): Promise<void> => {
  await tx.update(workerInstances).set({ poolIds }).where(eq(workerInstances.id, id));
};

/** Marks a worker as stopped in good order. */
export const markWorkerStopped = async (tx: DbOrTx, id: string): Promise<void> => {
  await tx
    .update(workerInstances)
    .set({ stoppedAt: sql`now()`, updatedAt: sql`now()` })
    .where(eq(workerInstances.id, id));
};

const present = and(isNull(workerInstances.stoppedAt), isNull(workerInstances.sweptAt));

/** Workers that are registered as alive, apart from the asking one. */
export const listOtherWorkers = (tx: DbOrTx, ownId: string): Promise<WorkerInstance[]> =>
  tx
    .select({
      id: workerInstances.id,
      lockKey: workerInstances.lockKey,
      poolIds: workerInstances.poolIds,
      hostname: workerInstances.hostname,
      pid: workerInstances.pid,
    })
    .from(workerInstances)
    .where(and(present, ne(workerInstances.id, ownId)));

/** Every worker that is registered as alive. */
export const listPresentWorkerIds = async (tx: DbOrTx): Promise<Set<string>> => {
  const rows = await tx.select({ id: workerInstances.id }).from(workerInstances).where(present);
  return new Set(rows.map((row) => row.id));
};

/** Of those, the ones that were not heard of for `seconds` on the database's clock. */
export const listSilentWorkers = (
  tx: DbOrTx,
  { ownId, seconds }: { ownId: string; seconds: number },
): Promise<{ id: string; lockKey: bigint }[]> =>
  tx
    .select({ id: workerInstances.id, lockKey: workerInstances.lockKey })
    .from(workerInstances)
    .where(
      and(
        present,
        ne(workerInstances.id, ownId),
        lt(workerInstances.updatedAt, sql`now() - make_interval(secs => ${seconds})`),
      ),
    );

/**
 * Ends the database session that holds a worker's lock: the only way to take it from a process that is stopped, whose
 * connection stays open.
 */
export const endLockHolder = async (tx: DbOrTx, lockKey: bigint): Promise<void> => {
  // A bigint key is shown as two halves, with objsubid 1.
  await tx.execute(sql`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and ((classid::bigint << 32) | objid::bigint) = ${lockKey.toString()}::bigint`);
};

/** Takes a worker's lock until the transaction ends; false while the worker (or another sweep) holds it. */
export const tryWorkerLock = async (tx: Tx, lockKey: bigint): Promise<boolean> => {
  const [row] = await tx.execute(sql`select pg_try_advisory_xact_lock(${lockKey.toString()}::bigint) as locked`);
  return z.object({ locked: z.boolean() }).parse(row).locked;
};

/** Marks a dead worker as swept; false when another sweep was quicker. */
export const markWorkerSwept = async (tx: Tx, id: string): Promise<boolean> => {
  const rows = await tx
    .update(workerInstances)
    .set({ sweptAt: sql`now()` })
    .where(and(eq(workerInstances.id, id), present))
    .returning({ id: workerInstances.id });
  return rows.length === 1;
};

/** Forgets workers that ended longer than a week ago. */
export const deleteOldWorkers = async (tx: DbOrTx): Promise<void> => {
  await tx
    .delete(workerInstances)
    .where(sql`coalesce(${workerInstances.sweptAt}, ${workerInstances.stoppedAt}) < now() - interval '7 days'`);
};
