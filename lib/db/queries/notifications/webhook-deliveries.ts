import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import type { WebhookRow } from "#lib/db/queries/notifications/webhooks.ts";
import { users, webhookDeliveries, webhooks } from "#lib/db/schema/index.ts";

/** A delivery as stored. */
export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

/** How an attempt went, as it is kept of the last one. */
export type AttemptOutcome = {
  lastStatus: number | null;
  lastError: string | null;
  lastAnswer: string | null;
  lastDurationMs: number | null;
};

/** Inserts deliveries; those whose event the webhook was given before are left out. Gives the ids of the new ones. */
export const insertDeliveries = async (
  tx: DbOrTx,
  rows: (typeof webhookDeliveries.$inferInsert)[],
): Promise<{ id: string; webhookId: string }[]> => {
  if (rows.length === 0) return [];
  return tx
    .insert(webhookDeliveries)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id, webhookId: webhookDeliveries.webhookId });
};

/** A delivery with its webhook and whether its owner may act at all, or null. */
export const findDeliveryToMake = async (
  tx: DbOrTx,
  deliveryId: string,
): Promise<{ delivery: DeliveryRow; webhook: WebhookRow; ownerActive: boolean } | null> => {
  const [row] = await tx
    .select({
      delivery: webhookDeliveries,
      webhook: webhooks,
      ownerActive: sql<boolean>`${users.status} = 'active' and ${users.deletedAt} is null`,
    })
    .from(webhookDeliveries)
    .innerJoin(webhooks, eq(webhooks.id, webhookDeliveries.webhookId))
    .innerJoin(users, eq(users.id, webhooks.ownerId))
    .where(eq(webhookDeliveries.id, deliveryId));
  return row ?? null;
};

/** One delivery of a webhook, or null. `lock` keeps others from changing it until the transaction ends. */
export const findDelivery = async (
  tx: DbOrTx,
  { webhookId, deliveryId, lock = false }: { webhookId: string; deliveryId: string; lock?: boolean },
): Promise<DeliveryRow | null> => {
  const query = tx
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.webhookId, webhookId)));
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
};

/** A page of a webhook's deliveries, newest first, from after the one with the id `after`. */
export const listDeliveryRows = (
  tx: DbOrTx,
  { webhookId, after, limit }: { webhookId: string; after: string | null; limit: number },
): Promise<DeliveryRow[]> =>
  tx
    .select()
    .from(webhookDeliveries)
    .where(
      and(eq(webhookDeliveries.webhookId, webhookId), after === null ? undefined : lt(webhookDeliveries.id, after)),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);

/**
 * Writes down how an attempt went. Only of a delivery that still waits with as many attempts as when this one began:
 * false when another attempt was faster or it was ended meanwhile.
 */
export const recordAttempt = async (
  tx: DbOrTx,
  input: {
    deliveryId: string;
    attemptsBefore: number;
    outcome: AttemptOutcome;
    next: { state: "delivered" | "failed" } | { state: "queued"; nextAttemptAt: Date };
  },
): Promise<boolean> => {
  const { next } = input;
  const rows = await tx
    .update(webhookDeliveries)
    .set({
      ...input.outcome,
      state: next.state,
      attempts: input.attemptsBefore + 1,
      nextAttemptAt: next.state === "queued" ? next.nextAttemptAt : null,
      endedAt: next.state === "queued" ? null : sql`now()`,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(webhookDeliveries.id, input.deliveryId),
        eq(webhookDeliveries.state, "queued"),
        eq(webhookDeliveries.attempts, input.attemptsBefore),
      ),
    )
    .returning({ id: webhookDeliveries.id });
  return rows.length === 1;
};

/** Ends a waiting delivery without an attempt; false when it waits no more. */
export const giveDeliveryUp = async (
  tx: DbOrTx,
  { deliveryId, reason }: { deliveryId: string; reason: string },
): Promise<boolean> => {
  const rows = await tx
    .update(webhookDeliveries)
    .set({ state: "failed", lastError: reason, nextAttemptAt: null, endedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(webhookDeliveries.id, deliveryId), eq(webhookDeliveries.state, "queued")))
    .returning({ id: webhookDeliveries.id });
  return rows.length === 1;
};

/** Lets a delivery begin anew, from its first attempt on. */
export const restartDelivery = async (
  tx: DbOrTx,
  { deliveryId, now }: { deliveryId: string; now: Date },
): Promise<DeliveryRow | null> => {
  const [row] = await tx
    .update(webhookDeliveries)
    .set({ state: "queued", attempts: 0, nextAttemptAt: now, endedAt: null, updatedAt: sql`now()` })
    .where(and(eq(webhookDeliveries.id, deliveryId), inArray(webhookDeliveries.state, ["delivered", "failed"])))
    .returning();
  return row ?? null;
};

const strandedRow = z.object({ id: z.string(), webhook_id: z.string() });

/**
 * Deliveries that have been due for `seconds` though no live job is there for them: its attempts are used up, because
 * the process died in each of them. At most `limit`.
 */
export const listStrandedDeliveries = async (
  tx: DbOrTx,
  { seconds, keyPrefix, limit }: { seconds: number; keyPrefix: string; limit: number },
): Promise<{ id: string; webhookId: string }[]> => {
  const rows = await tx.execute(sql`
    select d.id, d.webhook_id from webhook_deliveries d
    where d.state = 'queued' and d.next_attempt_at < now() - make_interval(secs => ${seconds})
      and not exists (
        select 1 from graphile_worker.jobs j
        where j.key = ${keyPrefix}::text || d.id::text and (j.locked_at is not null or j.attempts < j.max_attempts)
      )
    order by d.next_attempt_at limit ${limit}`);
  return [...rows].map((row) => strandedRow.parse(row)).map((row) => ({ id: row.id, webhookId: row.webhook_id }));
};

/** Removes ended deliveries that are older than `days`, at most `limit`; how many it were. */
export const deleteOldDeliveries = async (
  tx: DbOrTx,
  { days, limit }: { days: number; limit: number },
): Promise<number> => {
  const old = tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(
        lt(webhookDeliveries.createdAt, sql`now() - make_interval(days => ${days})`),
        sql`${webhookDeliveries.state} <> 'queued'`,
      ),
    )
    .limit(limit);
  const rows = await tx
    .delete(webhookDeliveries)
    .where(inArray(webhookDeliveries.id, old))
    .returning({ id: webhookDeliveries.id });
  return rows.length;
};
