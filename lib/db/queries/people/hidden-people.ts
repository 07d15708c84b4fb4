import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { comments, hiddenPeople, users, videoReactions, videos } from "#lib/db/schema/index.ts";

/**
 * Holds what one account does on one channel until the transaction ends: whoever is hidden while they write is hidden with
 * what they write.
 */
export const holdPersonOnChannel = async (
  tx: Tx,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`hidden:${channelId}:${userId}`}, 0))`);
};

/** Whether an account is hidden on a channel. */
export const isHiddenOn = async (
  tx: DbOrTx,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<boolean> => {
  const rows = await tx
    .select({ userId: hiddenPeople.userId })
    .from(hiddenPeople)
    .where(and(eq(hiddenPeople.channelId, channelId), eq(hiddenPeople.userId, userId)));
  return rows.length > 0;
};

/** Hides somebody on a channel; nothing changes when they are. */
export const insertHiddenPerson = async (tx: Tx, row: typeof hiddenPeople.$inferInsert): Promise<void> => {
  await tx.insert(hiddenPeople).values(row).onConflictDoNothing();
};

/** Hides them no more. */
export const deleteHiddenPerson = async (
  tx: Tx,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<void> => {
  await tx.delete(hiddenPeople).where(and(eq(hiddenPeople.channelId, channelId), eq(hiddenPeople.userId, userId)));
};

/** Marks all that somebody wrote on a channel's videos as hidden, or as not. Triggers count. */
export const markCommentsHidden = async (
  tx: Tx,
  { channelId, userId, hidden }: { channelId: string; userId: string; hidden: boolean },
): Promise<void> => {
  const written = tx
    .selectDistinct({ id: comments.videoId })
    .from(comments)
    .innerJoin(videos, eq(videos.id, comments.videoId))
    .where(and(eq(comments.authorId, userId), eq(videos.channelId, channelId)));
  // Every change of a video's comments locks its reactions first; several are locked in one order.
  await tx
    .select({ id: videoReactions.videoId })
    .from(videoReactions)
    .where(inArray(videoReactions.videoId, written))
    .orderBy(videoReactions.videoId)
    .for("update");
  await tx
    .update(comments)
    .set({ hidden })
    .where(and(eq(comments.authorId, userId), inArray(comments.videoId, written), eq(comments.hidden, !hidden)));
};

/** Marks a video's comments as hidden or not by whom its present channel hides: for a video that came from another one. */
export const rehideComments = async (tx: Tx, { videoId }: { videoId: string }): Promise<void> => {
  const hiddenNow = sql`exists (select 1 from ${hiddenPeople} h join ${videos} v on v.channel_id = h.channel_id
    where v.id = ${comments.videoId} and h.user_id = ${comments.authorId})`;
  await tx
    .update(comments)
    .set({ hidden: hiddenNow })
    .where(and(eq(comments.videoId, videoId), sql`${comments.hidden} <> ${hiddenNow}`));
};

/** Who is hidden on a channel, the latest first. */
export const listHiddenPeople = (tx: DbOrTx, channelId: string) =>
  tx
    .select({
      userId: users.id,
      username: users.username,
      displayName: users.displayName,
      createdAt: hiddenPeople.createdAt,
    })
    .from(hiddenPeople)
    .innerJoin(users, eq(users.id, hiddenPeople.userId))
    .where(eq(hiddenPeople.channelId, channelId))
    .orderBy(desc(hiddenPeople.createdAt), users.id);
