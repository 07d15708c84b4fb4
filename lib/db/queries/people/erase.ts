import { and, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import {
  channelFollowers,
  channels,
  commentLikes,
  comments,
  hiddenPeople,
  likes,
  pausedHistories,
  playlistItems,
  playlists,
  subscriptions,
  videoReactions,
  watchProgress,
} from "#lib/db/schema/index.ts";

/** Removes what people did about a video. Places in playlists and histories stay and lead nowhere. */
export const deletePeopleRowsOfVideo = async (tx: DbOrTx, videoId: string): Promise<void> => {
  const ofVideo = tx.select({ id: comments.id }).from(comments).where(eq(comments.videoId, videoId));
  await tx.delete(commentLikes).where(inArray(commentLikes.commentId, ofVideo));
  await tx.delete(comments).where(eq(comments.videoId, videoId));
  await tx.delete(likes).where(eq(likes.videoId, videoId));
  await tx.delete(videoReactions).where(eq(videoReactions.videoId, videoId));
};

/** Holds the counters that the removal of an account changes, in one order, so that no two removals wait for each other. */
const holdCounters = async (tx: Tx, userId: string): Promise<void> => {
  const liked = tx.select({ id: likes.videoId }).from(likes).where(eq(likes.userId, userId));
  const written = tx.select({ id: comments.videoId }).from(comments).where(eq(comments.authorId, userId));
  await tx
    .select({ id: videoReactions.videoId })
    .from(videoReactions)
    .where(or(inArray(videoReactions.videoId, liked), inArray(videoReactions.videoId, written)))
    .orderBy(videoReactions.videoId)
    .for("update");
  const followed = tx
    .select({ id: subscriptions.channelId })
    .from(subscriptions)
    .where(eq(subscriptions.userId, userId));
  await tx
    .select({ id: channelFollowers.channelId })
    .from(channelFollowers)
    .where(inArray(channelFollowers.channelId, followed))
    .orderBy(channelFollowers.channelId)
    .for("update");
};

/**
 * Forgets what an account did about other people's videos: likes, subscriptions, playlists, history. Its comments lose words
 * and author; their places stay for the answers of others.
 */
export const forgetPeopleRowsOf = async (tx: Tx, userId: string): Promise<void> => {
  const own = tx.select({ id: channels.id }).from(channels).where(eq(channels.ownerId, userId));
  const lists = tx.select({ id: playlists.id }).from(playlists).where(eq(playlists.ownerId, userId));
  await holdCounters(tx, userId);
  await tx.delete(commentLikes).where(eq(commentLikes.userId, userId));
  await tx.delete(likes).where(eq(likes.userId, userId));
  await tx.delete(subscriptions).where(or(eq(subscriptions.userId, userId), inArray(subscriptions.channelId, own)));
  await tx.delete(playlistItems).where(inArray(playlistItems.playlistId, lists));
  await tx.delete(playlists).where(eq(playlists.ownerId, userId));
  await tx.delete(watchProgress).where(eq(watchProgress.userId, userId));
  await tx.delete(pausedHistories).where(eq(pausedHistories.userId, userId));
  await tx.delete(hiddenPeople).where(or(eq(hiddenPeople.userId, userId), inArray(hiddenPeople.channelId, own)));
  await tx.update(hiddenPeople).set({ hiddenBy: null }).where(eq(hiddenPeople.hiddenBy, userId));
  await tx
    .update(comments)
    .set({ state: "deleted", body: "", pinnedAt: null })
    .where(and(eq(comments.authorId, userId), ne(comments.state, "deleted")));
  await tx.update(comments).set({ authorId: null }).where(eq(comments.authorId, userId));
};

/** Likes of an account with their times, for its export; after a video's id, in the order of ids. */
export const listLikesOf = (
  tx: DbOrTx,
  { userId, after, limit }: { userId: string; after: string | null; limit: number },
) =>
  tx
    .select({ videoId: likes.videoId, createdAt: likes.createdAt })
    .from(likes)
    .where(and(eq(likes.userId, userId), after === null ? undefined : sql`${likes.videoId} > ${after}::uuid`))
    .orderBy(likes.videoId)
    .limit(limit);
