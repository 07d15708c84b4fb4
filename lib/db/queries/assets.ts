import { and, eq, isNull } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { assets } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** A stored thing to record. */
export type NewAsset = Omit<typeof assets.$inferInsert, "id" | "createdAt">;

/** Records what a run stored; what is recorded already stays. */
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

/** Forgets a run's stored things, after their bytes have gone. */
export const deleteRunAssets = async (tx: DbOrTx, runId: string): Promise<void> => {
  await tx.delete(assets).where(eq(assets.runId, runId));
};
