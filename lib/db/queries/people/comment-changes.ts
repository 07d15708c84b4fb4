import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/client.ts";
import { commentLikes, comments, videoReactions, videos } from "#lib/db/schema/index.ts";

/** A comment as stored. */
export type StoredComment = typeof comments.$inferSelect;

/**
 * Holds a video's comments and their counters until the transaction ends; false when the video is gone for good. Whoever
 * changes comments does this first, so that a thread has no reply that its counter does not know and no two wait for each
 * other.
 */
export const holdComments = async (tx: Tx, videoId: string): Promise<boolean> => {
  // The video before its counters: who removes it takes them in that order.
  const found = await tx.select({ id: videos.id }).from(videos).where(eq(videos.id, videoId)).for("key share");
  if (found.length === 0) return false;
  await tx.insert(videoReactions).values({ videoId }).onConflictDoNothing();
  await tx
    .select({ id: videoReactions.videoId })
    .from(videoReactions)
    .where(eq(videoReactions.videoId, videoId))
    .for("update");
  return true;
};

/** A comment as it is now, or null. Meant to be asked after `holdComments`. */
export const findStoredComment = async (tx: Tx, commentId: string): Promise<StoredComment | null> => {
  const [row] = await tx.select().from(comments).where(eq(comments.id, commentId));
  return row ?? null;
};

/** Inserts a comment. Triggers count. */
export const insertComment = async (tx: Tx, comment: typeof comments.$inferInsert): Promise<void> => {
  await tx.insert(comments).values(comment);
};

/** Puts other words into a comment. */
export const editCommentBody = async (
  tx: Tx,
  { commentId, body, held }: { commentId: string; body: string; held: boolean },
): Promise<void> => {
  await tx
    .update(comments)
    .set({ body, editedAt: sql`now()`, ...(held ? { state: "held" } : {}) })
    .where(and(eq(comments.id, commentId), ne(comments.state, "deleted")));
};

/** Changes what becomes of a comment; one that is not shown is not pinned. What its author deleted stays so: then false. */
export const setCommentState = async (
  tx: Tx,
  { commentId, state }: { commentId: string; state: "shown" | "held" | "removed" },
): Promise<boolean> => {
  const rows = await tx
    .update(comments)
    .set({ state, ...(state === "shown" ? {} : { pinnedAt: null }) })
    .where(and(eq(comments.id, commentId), ne(comments.state, "deleted")))
    .returning({ id: comments.id });
  return rows.length === 1;
};

/** Takes a comment's words away for good; its place stays for the answers to it. False when that was so. */
export const markCommentDeleted = async (tx: Tx, commentId: string): Promise<boolean> => {
  await tx.delete(commentLikes).where(eq(commentLikes.commentId, commentId));
  const rows = await tx
    .update(comments)
    .set({ state: "deleted", body: "", pinnedAt: null })
    .where(and(eq(comments.id, commentId), ne(comments.state, "deleted")))
    .returning({ id: comments.id });
  return rows.length === 1;
};

/** Takes whatever is pinned under a video down, and pins a comment in its place; null only takes down. */
export const pinComment = async (
  tx: Tx,
  { videoId, commentId }: { videoId: string; commentId: string | null },
): Promise<void> => {
  await tx
    .update(comments)
    .set({ pinnedAt: null })
    .where(and(eq(comments.videoId, videoId), isNotNull(comments.pinnedAt)));
  if (commentId === null) return;
  await tx.update(comments).set({ pinnedAt: sql`now()` }).where(eq(comments.id, commentId));
};

/** Sets whether a video takes comments. */
export const setCommentsMode = async (
  tx: Tx,
  { videoId, mode }: { videoId: string; mode: "open" | "held" | "off" },
): Promise<void> => {
  await tx.update(videoReactions).set({ commentsMode: mode }).where(eq(videoReactions.videoId, videoId));
};

/** Likes a comment, or takes the like back; repeating it changes nothing. Triggers count. */
export const setCommentLike = async (
  tx: Tx,
  { userId, commentId, liked }: { userId: string; commentId: string; liked: boolean },
): Promise<void> => {
  if (liked) await tx.insert(commentLikes).values({ userId, commentId }).onConflictDoNothing();
  else {
    await tx.delete(commentLikes).where(and(eq(commentLikes.userId, userId), eq(commentLikes.commentId, commentId)));
  }
};
