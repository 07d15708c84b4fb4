import type { DbOrTx } from "#lib/db/client.ts";
import { outbox } from "#lib/db/schema/index.ts";

/** Writes an event; false when one with its `dedupeKey` is there already. */
export const insertOutboxEvent = async (tx: DbOrTx, event: typeof outbox.$inferInsert): Promise<boolean> => {
  const rows = await tx.insert(outbox).values(event).onConflictDoNothing().returning({ id: outbox.id });
  return rows.length > 0;
};
