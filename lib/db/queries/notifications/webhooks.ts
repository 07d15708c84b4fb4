import { and, asc, desc, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { accountColumns } from "#lib/db/queries/accounts/account-columns.ts";
import { isActiveAccount } from "#lib/db/queries/accounts/active-account.ts";
import { channels, users, webhooks } from "#lib/db/schema/index.ts";

/** A webhook as stored. */
export type WebhookRow = typeof webhooks.$inferSelect;

/** A webhook's owner, as a caller of use-cases. */
export type WebhookOwner = Pick<
  typeof users.$inferSelect,
  "id" | "email" | "username" | "displayName" | "role" | "locale" | "emailVerifiedAt"
>;

/** Whether an account speaks for a channel: as its maker or as a member with that role. Deleted channels have nobody. */
const ownsChannel = (channelId: SQL | typeof webhooks.channelId, userId: SQL | typeof webhooks.ownerId): SQL => sql`
  exists (
    select 1 from channels c where c.id = ${channelId} and c.deleted_at is null and (
      c.owner_id = ${userId} or exists (
        select 1 from channel_members m where m.channel_id = c.id and m.user_id = ${userId} and m.role = 'owner'
      )
    )
  )`;

/** Whether the account is an owner of that channel. */
export const isChannelOwner = async (
  tx: DbOrTx,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<boolean> => {
  const rows = await tx.execute(sql`select 1 where ${ownsChannel(sql`${channelId}::uuid`, sql`${userId}::uuid`)}`);
  return rows.length === 1;
};

/** The channels an account may have webhooks for, by name. */
export const listChannelsOfWebhookOwner = (tx: DbOrTx, userId: string) =>
  tx
    .select({ id: channels.id, handle: channels.handle, name: channels.name })
    .from(channels)
    .where(ownsChannel(sql`${channels.id}`, sql`${userId}::uuid`))
    .orderBy(asc(channels.name));

/** Inserts a webhook. */
export const insertWebhook = async (tx: DbOrTx, row: typeof webhooks.$inferInsert): Promise<WebhookRow> => {
  const [made] = await tx.insert(webhooks).values(row).returning();
  if (made === undefined) throw new Error("the insert returned no row");
  return made;
};

/** An account's webhooks that are not deleted, newest first. */
export const listWebhookRows = (tx: DbOrTx, ownerId: string): Promise<WebhookRow[]> =>
  tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.ownerId, ownerId), isNull(webhooks.deletedAt)))
    .orderBy(desc(webhooks.id));

/**
 * Keeps other transactions from making webhooks of this account until this one ends, and counts those that are not
 * deleted: so that two requests at once cannot both be the last one allowed.
 */
export const countWebhooksLocked = async (tx: DbOrTx, ownerId: string): Promise<number> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks:${ownerId}`}, 0))`);
  return tx.$count(webhooks, and(eq(webhooks.ownerId, ownerId), isNull(webhooks.deletedAt)));
};

/** A webhook that is not deleted, or null. `lock` keeps others from changing it until the transaction ends. */
export const findWebhook = async (
  tx: DbOrTx,
  { webhookId, lock = false }: { webhookId: string; lock?: boolean },
): Promise<WebhookRow | null> => {
  const query = tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, webhookId), isNull(webhooks.deletedAt)))
    .limit(1);
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
};

/** Changes a webhook that is not deleted; null when there is none. */
export const updateWebhook = async (
  tx: DbOrTx,
  { webhookId, changes }: { webhookId: string; changes: Partial<typeof webhooks.$inferInsert> },
): Promise<WebhookRow | null> => {
  const [row] = await tx
    .update(webhooks)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(and(eq(webhooks.id, webhookId), isNull(webhooks.deletedAt)))
    .returning();
  return row ?? null;
};

/**
 * The active webhooks that want an event, with their owners: those of the account it concerns, and those of its channel
 * whose makers still speak for that channel. Suspended accounts hear nothing.
 */
export const listWebhooksFor = (
  tx: DbOrTx,
  event: { type: string; userId: string; channelId: string | null },
): Promise<{ webhook: WebhookRow; owner: WebhookOwner }[]> => {
  const ofAccount = and(isNull(webhooks.channelId), eq(webhooks.ownerId, event.userId));
  const ofChannel =
    event.channelId === null
      ? undefined
      : and(eq(webhooks.channelId, event.channelId), ownsChannel(webhooks.channelId, webhooks.ownerId));
  return tx
    .select({ webhook: webhooks, owner: accountColumns })
    .from(webhooks)
    .innerJoin(users, eq(users.id, webhooks.ownerId))
    .where(
      and(
        isNull(webhooks.deletedAt),
        eq(webhooks.state, "active"),
        sql`${event.type} = any(${webhooks.events})`,
        isActiveAccount,
        or(ofAccount, ofChannel),
      ),
    )
    .orderBy(asc(webhooks.id));
};

/** Notes that an attempt went well: whatever failed before is over. */
export const noteWebhookSuccess = async (tx: DbOrTx, webhookId: string): Promise<void> => {
  await tx
    .update(webhooks)
    .set({ failingSince: null })
    .where(and(eq(webhooks.id, webhookId), sql`${webhooks.failingSince} is not null`));
};

/** Notes that an attempt failed; since when all of them have. Null when the webhook is gone. */
export const noteWebhookFailure = async (
  tx: DbOrTx,
  { webhookId, now }: { webhookId: string; now: Date },
): Promise<Date | null> => {
  const [row] = await tx
    .update(webhooks)
    .set({ failingSince: sql`coalesce(${webhooks.failingSince}, ${now.toISOString()}::timestamptz)` })
    .where(and(eq(webhooks.id, webhookId), isNull(webhooks.deletedAt)))
    .returning({ failingSince: webhooks.failingSince });
  return row?.failingSince ?? null;
};

/** Switches an active webhook off that has failed since before `failingBefore`; its owner, or null when it is not so. */
export const disableFailingWebhook = async (
  tx: DbOrTx,
  { webhookId, failingBefore, reason }: { webhookId: string; failingBefore: Date; reason: string },
): Promise<WebhookRow | null> => {
  const [row] = await tx
    .update(webhooks)
    .set({ state: "disabled", disabledReason: reason, updatedAt: sql`now()` })
    .where(
      and(
        eq(webhooks.id, webhookId),
        eq(webhooks.state, "active"),
        isNull(webhooks.deletedAt),
        lt(webhooks.failingSince, failingBefore),
      ),
    )
    .returning();
  return row ?? null;
};
