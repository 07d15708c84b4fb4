import { eq } from "drizzle-orm";
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

/** Forgets a run's stored things, after their bytes have gone. */
export const deleteRunAssets = async (tx: DbOrTx, runId: string): Promise<void> => {
  await tx.delete(assets).where(eq(assets.runId, runId));
};
