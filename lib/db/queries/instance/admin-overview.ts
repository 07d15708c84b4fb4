import { and, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { deliveryMonths, storageReconciliations, usageCounters, webhooks } from "#lib/db/schema/index.ts";

const countsSchema = z.object({
  users: z.number(),
  waiting: z.number(),
  suspended: z.number(),
  videos: z.number(),
  taken_down: z.number(),
  mails_held: z.number(),
  mails_failed: z.number(),
});

/** How many accounts, videos and mails stand how. */
export const countInstance = async (tx: DbOrTx): Promise<z.output<typeof countsSchema>> => {
  const [row] = await tx.execute(sql`
    select u.*, v.*, m.* from
      (select count(*)::int as users,
              count(*) filter (where status = 'pending')::int as waiting,
              count(*) filter (where status = 'suspended')::int as suspended
       from users where deleted_at is null) u,
      (select count(*)::int as videos, count(*) filter (where taken_down_at is not null)::int as taken_down
       from videos where deleted_at is null) v,
      (select count(*) filter (where state = 'held')::int as mails_held,
              count(*) filter (where state = 'failed')::int as mails_failed
       from mails where state in ('held', 'failed')) m`);
  return countsSchema.parse(row);
};

/** Webhooks that were switched off because their receivers failed, not by their owners. */
export const countFailedWebhooks = (tx: DbOrTx): Promise<number> =>
  tx.$count(
    webhooks,
    and(eq(webhooks.state, "disabled"), isNotNull(webhooks.disabledReason), isNull(webhooks.deletedAt)),
  );

/** Bytes that all accounts store, and that their open uploads have set aside. */
export const sumStored = async (tx: DbOrTx): Promise<{ storedBytes: number; reservedBytes: number }> => {
  const [row] = await tx
    .select({
      storedBytes: sql<number>`coalesce(sum(${usageCounters.storedBytes}), 0)::float8`,
      reservedBytes: sql<number>`coalesce(sum(${usageCounters.reservedBytes}), 0)::float8`,
    })
    .from(usageCounters);
  return row ?? { storedBytes: 0, reservedBytes: 0 };
};

/** Bytes delivered of everybody's videos in a month, named by its first day. */
export const sumDelivered = async (tx: DbOrTx, month: string): Promise<number> => {
  const [row] = await tx
    .select({ bytes: sql<number>`coalesce(sum(${deliveryMonths.bytes}), 0)::float8` })
    .from(deliveryMonths)
    .where(eq(deliveryMonths.month, month));
  return row?.bytes ?? 0;
};

/** What the last comparison of the ledger with the storage found that ended, or null. */
export const lastEndedReconciliation = async (tx: DbOrTx) => {
  const [row] = await tx
    .select({
      endedAt: storageReconciliations.endedAt,
      differences: storageReconciliations.differences,
      correctedBytes: storageReconciliations.correctedBytes,
    })
    .from(storageReconciliations)
    .where(isNotNull(storageReconciliations.endedAt))
    .orderBy(desc(storageReconciliations.endedAt))
    .limit(1);
  return row ?? null;
};
