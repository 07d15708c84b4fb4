import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { liveJob } from "#lib/db/queries/runs/jobs.ts";
import { outbox } from "#lib/db/schema/index.ts";

/** Something that happened, as it was written down. */
export type OutboxEvent = typeof outbox.$inferSelect;

/** Writes an event; false when one with its `dedupeKey` is there already. */
export const insertOutboxEvent = async (tx: DbOrTx, event: typeof outbox.$inferInsert): Promise<boolean> => {
  const rows = await tx.insert(outbox).values(event).onConflictDoNothing().returning({ id: outbox.id });
  return rows.length > 0;
};

/** Writes many events; gives the ids of those whose `dedupeKey` was not there yet. */
export const insertOutboxEvents = async (
  tx: DbOrTx,
  events: readonly (typeof outbox.$inferInsert)[],
): Promise<string[]> => {
  if (events.length === 0) return [];
  const rows = await tx
    .insert(outbox)
    .values([...events])
    .onConflictDoNothing()
    .returning({ id: outbox.id });
  return rows.map(({ id }) => id);
};

/** Locks an event that was not told yet until the transaction ends; null when it was, or never happened. */
export const lockOpenEvent = async (tx: Tx, eventId: string): Promise<OutboxEvent | null> => {
  const [row] = await tx
    .select()
    .from(outbox)
    .where(and(eq(outbox.id, eventId), isNull(outbox.dispatchedAt)))
    .for("update");
  return row ?? null;
};

/** Marks an event as told; false when it was before. */
export const markEventDispatched = async (tx: Tx, eventId: string): Promise<boolean> => {
  const rows = await tx
    .update(outbox)
    .set({ dispatchedAt: sql`now()` })
    .where(and(eq(outbox.id, eventId), isNull(outbox.dispatchedAt)))
    .returning({ id: outbox.id });
  return rows.length === 1;
};

/** Events that were not told and that no job will tell: ids, oldest first. `keyPrefix` and the id make the job's key. */
export const listStrandedEventIds = async (
  tx: DbOrTx,
  { keyPrefix, limit }: { keyPrefix: string; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isNull(outbox.dispatchedAt), sql`not ${liveJob(sql`${keyPrefix}::text || ${outbox.id}::text`)}`))
    .orderBy(asc(outbox.createdAt))
    .limit(limit);
  return rows.map(({ id }) => id);
};
