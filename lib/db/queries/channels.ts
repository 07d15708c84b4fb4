import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channels } from "#lib/db/schema/index.ts";

/** A channel as stored. */
export type ChannelRow = typeof channels.$inferSelect;

/** Inserts a channel. A taken handle is a unique violation of `channels_handle_key`. */
export const insertChannel = async (tx: DbOrTx, channel: typeof channels.$inferInsert): Promise<void> => {
  await tx.insert(channels).values(channel);
};

/** A channel that is not deleted, or null. */
export const findChannel = async (tx: DbOrTx, channelId: string): Promise<ChannelRow | null> => {
  const [row] = await tx
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), isNull(channels.deletedAt)));
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

/** Stores what a channel's new uploads get. */
export const storeUploadDefaults = async (
  tx: DbOrTx,
  { channelId, uploadDefaults }: { channelId: string; uploadDefaults: unknown },
): Promise<void> => {
  await tx.update(channels).set({ uploadDefaults, updatedAt: sql`now()` }).where(eq(channels.id, channelId));
};
