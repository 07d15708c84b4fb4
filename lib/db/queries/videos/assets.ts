import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { assets } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** A stored thing to record. */
export type NewAsset = Omit<typeof assets.$inferInsert, "id" | "createdAt">;

/** Records stored things; what is recorded already stays. The ledger follows by a trigger, in the same transaction. */
export const insertAssets = async (tx: Tx, rows: readonly NewAsset[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx
    .insert(assets)
    .values(rows.map((row) => ({ id: newId(), ...row })))
    .onConflictDoNothing({ target: assets.key });
};

/** Keys of the posters of a video that outlive its runs. */
export const listPosterKeys = async (tx: DbOrTx, videoId: string): Promise<string[]> => {
  const rows = await tx
    .select({ key: assets.key })
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.kind, "poster"), isNull(assets.runId)));
  return rows.map(({ key }) => key);
};

/** Forgets a stored thing by its key. */
export const deleteAssetByKey = async (tx: DbOrTx, key: string): Promise<void> => {
  await tx.delete(assets).where(eq(assets.key, key));
};

const isRunsOwn = (runId: string) => and(eq(assets.runId, runId), eq(assets.kind, "working"));

/** Opens the row of what a run stores that no other row of it names; `prefix` is the run's. */
export const openRunAsset = (
  tx: Tx,
  { videoId, runId, prefix }: { videoId: string; runId: string; prefix: string },
): Promise<void> =>
  insertAssets(tx, [
    { videoId, runId, kind: "working", key: prefix, sizeBytes: 0, contentType: "application/octet-stream" },
  ]);

/** Adds bytes that were stored under a run's prefix; nothing when its files have gone. */
export const growRunAsset = async (tx: DbOrTx, { runId, bytes }: { runId: string; bytes: number }): Promise<void> => {
  if (bytes === 0) return;
  await tx
    .update(assets)
    .set({ sizeBytes: sql`${assets.sizeBytes} + ${bytes}` })
    .where(isRunsOwn(runId));
};

/** The bytes of a run's files that rows of their own name. */
const namedBytes = (runId: string, prefix: string) =>
  sql`(select coalesce(sum(a.size_bytes), 0) from ${assets} a
    where a.run_id = ${runId} and a.kind <> 'working' and starts_with(a.key, ${prefix}))`;

/** Hands over to the run's other rows what they name from now on; called once, when they were written. */
export const settleRunAsset = async (tx: Tx, { runId, prefix }: { runId: string; prefix: string }): Promise<void> => {
  await tx
    .update(assets)
    .set({ sizeBytes: sql`${assets.sizeBytes} - ${namedBytes(runId, prefix)}` })
    .where(isRunsOwn(runId));
};

/** Sets a run's own row by what was found under its prefix. Returns by how many bytes it was wrong. */
export const measureRunAsset = async (
  tx: Tx,
  { runId, prefix, foundBytes }: { runId: string; prefix: string; foundBytes: number },
): Promise<number> => {
  const measured = sql<number>`(${foundBytes}::bigint - ${namedBytes(runId, prefix)})`;
  const [before] = await tx
    .select({ change: sql<string>`${measured} - ${assets.sizeBytes}` })
    .from(assets)
    .where(isRunsOwn(runId))
    .for("update");
  const change = Number(before?.change ?? 0);
  if (change !== 0) await growRunAsset(tx, { runId, bytes: change });
  return change;
};

/**
 * Until the transaction ends nobody measures the run (`shared`: files are being put and counted), or nobody puts any
 * (`exclusive`: it is being measured).
 */
export const lockRunBytes = async (
  tx: Tx,
  { runId, how }: { runId: string; how: "shared" | "exclusive" },
): Promise<void> => {
  const name = sql`hashtextextended(${`run-bytes:${runId}`}, 0)`;
  await tx.execute(
    how === "shared" ? sql`select pg_advisory_xact_lock_shared(${name})` : sql`select pg_advisory_xact_lock(${name})`,
  );
};

/** Forgets a run's stored things, after their bytes have gone. */
export const deleteRunAssets = async (tx: DbOrTx, runId: string): Promise<void> => {
  await tx.delete(assets).where(eq(assets.runId, runId));
};
