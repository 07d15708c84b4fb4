import { and, asc, eq, inArray, isNull, lt, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { isActiveAccount } from "#lib/db/queries/accounts/active-account.ts";
import { insertMember, type MemberRole } from "#lib/db/queries/channels/channel-members.ts";
import { channelMembers, channels, users, videos } from "#lib/db/schema/index.ts";

/** A channel as stored. */
export type ChannelRow = typeof channels.$inferSelect;

/** Inserts a channel with its maker as its first owner. A taken handle is a unique violation of `channels_handle_key`. */
export const insertChannel = async (tx: Tx, channel: typeof channels.$inferInsert): Promise<void> => {
  await tx.insert(channels).values(channel);
  await insertMember(tx, { channelId: channel.id, userId: channel.ownerId, role: "owner" });
};

/**
 * A channel that is not deleted, or null. `lock` keeps it and its members as they are until the transaction ends; `share`
 * only keeps it from being deleted or renamed.
 */
export const findChannel = async (
  tx: DbOrTx,
  channelId: string,
  { lock = false }: { lock?: boolean | "share" } = {},
): Promise<ChannelRow | null> => {
  const query = tx
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), isNull(channels.deletedAt)));
  const [row] = await (lock === false ? query : query.for(lock === "share" ? "share" : "update"));
  return row ?? null;
};

/** The channel with that handle, whatever its case, or null. */
export const findChannelByHandle = async (tx: DbOrTx, handle: string): Promise<ChannelRow | null> => {
  const [row] = await tx
    .select()
    .from(channels)
    .where(and(sql`${channels.handle} = ${handle}::citext`, isNull(channels.deletedAt)))
    .limit(1);
  return row ?? null;
};

/** The first channel of an account, or null. */
export const findChannelOfOwner = async (tx: DbOrTx, ownerId: string): Promise<ChannelRow | null> => {
  const [row] = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.ownerId, ownerId), isNull(channels.deletedAt)))
    .orderBy(channels.id)
    .limit(1);
  return row ?? null;
};

/**
 * Whose own channel it is, as everybody may see them: the founder of the one that came with the account, not of channels
 * that were made later, even when the first one is deleted. Null for suspended accounts, and for those that leave.
 */
export const findPersonOfChannel = async (
  tx: DbOrTx,
  channelId: string,
): Promise<Pick<
  typeof users.$inferSelect,
  "username" | "displayName" | "bio" | "avatarKey" | "status" | "deletionRequestedAt"
> | null> => {
  const earlier = alias(channels, "earlier");
  const before = tx
    .select({ one: sql`1` })
    .from(earlier)
    .where(and(eq(earlier.ownerId, channels.ownerId), lt(earlier.id, channels.id)));
  const [row] = await tx
    .select({
      ...{ username: users.username, displayName: users.displayName, bio: users.bio, avatarKey: users.avatarKey },
      ...{ status: users.status, deletionRequestedAt: users.deletionRequestedAt },
    })
    .from(channels)
    .innerJoin(users, eq(users.id, channels.ownerId))
    .where(and(eq(channels.id, channelId), isActiveAccount, notExists(before)));
  return row ?? null;
};

/** A channel of which an account is a member, with what it may do there. */
export type OwnChannelRow = ChannelRow & { role: MemberRole };

/** Every channel of which an account is a member: its own first, then as it joined them. */
export const listChannelsOfMember = async (tx: DbOrTx, userId: string): Promise<OwnChannelRow[]> => {
  const rows = await tx
    .select({ channel: channels, role: channelMembers.role })
    .from(channelMembers)
    .innerJoin(channels, eq(channels.id, channelMembers.channelId))
    .where(and(eq(channelMembers.userId, userId), isNull(channels.deletedAt)))
    .orderBy(sql`${channels.ownerId} <> ${userId}`, asc(channelMembers.createdAt), asc(channels.id));
  return rows.map(({ channel, role }) => ({ ...channel, role }));
};

/** Changes a channel's texts. A taken handle is a unique violation of `channels_handle_key`. */
export const updateChannel = async (
  tx: DbOrTx,
  { channelId, changes }: { channelId: string; changes: Partial<typeof channels.$inferInsert> },
): Promise<void> => {
  await tx
    .update(channels)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(channels.id, channelId));
};

/** How many of a channel's videos are not deleted for good. */
export const countVideosOfChannel = (tx: DbOrTx, channelId: string): Promise<number> =>
  tx.$count(videos, inArray(videos.channelId, [channelId]));

/** Stores what a channel's new uploads get. */
export const storeUploadDefaults = async (
  tx: DbOrTx,
  { channelId, uploadDefaults }: { channelId: string; uploadDefaults: unknown },
): Promise<void> => {
  await tx.update(channels).set({ uploadDefaults, updatedAt: sql`now()` }).where(eq(channels.id, channelId));
};
