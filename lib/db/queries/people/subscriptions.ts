import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { channelFollowers, channels, subscriptions, users } from "#lib/db/schema/index.ts";

/** How somebody follows a channel. */
export type SubscriptionRow = typeof subscriptions.$inferSelect;
/** Whether new videos are told. */
export type Notify = SubscriptionRow["notify"];
/** A followed channel. */
export type FollowedChannel = {
  id: string;
  handle: string;
  name: string;
  notify: Notify;
  subscribers: number;
  createdAt: Date;
};

/** Follows a channel, or changes how. A trigger counts. */
export const putSubscription = async (
  tx: Tx,
  { userId, channelId, notify }: { userId: string; channelId: string; notify: Notify },
): Promise<void> => {
  await tx
    .insert(subscriptions)
    .values({ userId, channelId, notify })
    .onConflictDoUpdate({ target: [subscriptions.userId, subscriptions.channelId], set: { notify } });
};

/** Follows a channel no more; nothing changes for who did not. */
export const deleteSubscription = async (
  tx: DbOrTx,
  { userId, channelId }: { userId: string; channelId: string },
): Promise<void> => {
  await tx.delete(subscriptions).where(and(eq(subscriptions.userId, userId), eq(subscriptions.channelId, channelId)));
};

/** How many follow a channel, and how the account does (null: it does not). */
export const getFollowers = async (
  tx: DbOrTx,
  { userId, channelId }: { userId: string | null; channelId: string },
): Promise<{ subscribers: number; notify: Notify | null }> => {
  const [row] = await tx
    .select({
      subscribers: sql<number>`coalesce((select ${channelFollowers.subscribers} from ${channelFollowers}
        where ${channelFollowers.channelId} = ${channelId}::uuid), 0)`,
      notify: sql<Notify | null>`(select ${subscriptions.notify} from ${subscriptions}
        where ${subscriptions.userId} = ${userId}::uuid and ${subscriptions.channelId} = ${channelId}::uuid)`,
    })
    .from(sql`(select 1) as one`);
  return row ?? { subscribers: 0, notify: null };
};

/** Whether an account follows `most` channels already. Counts no further than that. */
export const followsAsMany = async (
  tx: DbOrTx,
  { userId, most }: { userId: string; most: number },
): Promise<boolean> => {
  const [row] = await tx
    .select({ channelId: subscriptions.channelId })
    .from(subscriptions)
    .where(eq(subscriptions.userId, userId))
    .offset(most - 1)
    .limit(1);
  return row !== undefined;
};

/** Channels that an account follows, by name; those after a position. Deleted ones are left out. */
export const listFollowedChannels = (
  tx: DbOrTx,
  { userId, after, limit }: { userId: string; after: { name: string; id: string } | undefined; limit: number },
): Promise<FollowedChannel[]> =>
  tx
    .select({
      ...{ id: channels.id, handle: channels.handle, name: channels.name },
      ...{ notify: subscriptions.notify, createdAt: subscriptions.createdAt },
      subscribers: sql<number>`coalesce(${channelFollowers.subscribers}, 0)`,
    })
    .from(subscriptions)
    .innerJoin(channels, eq(channels.id, subscriptions.channelId))
    .leftJoin(channelFollowers, eq(channelFollowers.channelId, channels.id))
    .where(
      and(
        eq(subscriptions.userId, userId),
        isNull(channels.deletedAt),
        after === undefined
          ? undefined
          : sql`(lower(${channels.name}), ${channels.id}) > (lower(${after.name}), ${after.id}::uuid)`,
      ),
    )
    .orderBy(sql`lower(${channels.name})`, asc(channels.id))
    .limit(limit);

/** Accounts that want to be told of a channel's new videos, by id, those after one. */
export const listToTell = async (
  tx: DbOrTx,
  { channelId, afterUserId, limit }: { channelId: string; afterUserId: string | null; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .select({ userId: subscriptions.userId })
    .from(subscriptions)
    .innerJoin(users, eq(users.id, subscriptions.userId))
    .where(
      and(
        eq(subscriptions.channelId, channelId),
        eq(subscriptions.notify, "all"),
        eq(users.status, "active"),
        isNull(users.deletionRequestedAt),
        afterUserId === null ? undefined : gt(subscriptions.userId, afterUserId),
      ),
    )
    .orderBy(asc(subscriptions.userId))
    .limit(limit);
  return rows.map(({ userId }) => userId);
};
