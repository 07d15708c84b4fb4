import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { findStoredComment, holdComments, type StoredComment } from "#lib/db/queries/people/comment-changes.ts";
import { type CommentRow, findComment, type Reader } from "#lib/db/queries/people/comments.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { mayEdit, requireVisibleVideo, type VideoRights } from "#lib/videos/policy.ts";

/** The viewer as a reader of a video's comments: whoever may edit the video moderates them. */
export const readerOf = (viewer: Viewer, video: VideoRights): Reader => ({
  userId: viewer?.id ?? null,
  moderator: mayEdit(viewer, video),
});

/** Whether a reader sees a comment; the same as the lists' condition in lib/db/queries/people/comments.ts. */
export const maySeeComment = (
  { userId, moderator }: Reader,
  comment: Pick<StoredComment, "state" | "hidden" | "authorId">,
): boolean => {
  if (comment.state === "deleted" || comment.state === "removed") return false;
  if (moderator || (userId !== null && comment.authorId === userId)) return true;
  return comment.state === "shown" && !comment.hidden;
};

/** The comment when the viewer may see it and its video. Throws `not_found` for everything else. */
export const requireVisibleComment = async (
  tx: DbOrTx,
  { viewer, commentId }: { viewer: Viewer; commentId: string },
): Promise<{ comment: CommentRow; video: VideoRow; reader: Reader }> => {
  const found = await findComment(tx, { commentId, reader: { userId: viewer?.id ?? null, moderator: false } });
  if (found === null) throw new AppError("not_found");
  const video = await requireVisibleVideo(tx, { viewer, videoId: found.videoId });
  const reader = readerOf(viewer, video);
  if (!maySeeComment(reader, found)) throw new AppError("not_found");
  return { comment: found, video, reader };
};

/** A comment that is changed: locked, with its video and who changes it. */
export type HeldComment = { account: Account; comment: StoredComment; video: VideoRow; reader: Reader };

/**
 * The comment with all of its video's held until the transaction ends, when the viewer may know of it: their own, or as a
 * moderator also one that was removed. Throws `unauthenticated` for nobody, `not_found` otherwise.
 */
export const holdComment = async (
  tx: Tx,
  { viewer, commentId }: { viewer: Viewer; commentId: string },
): Promise<HeldComment> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const asked = await findStoredComment(tx, commentId);
  if (asked === null) throw new AppError("not_found");
  const video = await requireVisibleVideo(tx, { viewer, videoId: asked.videoId });
  if (!(await holdComments(tx, video.id))) throw new AppError("not_found");
  const comment = await findStoredComment(tx, commentId);
  const reader = readerOf(viewer, video);
  const known =
    comment !== null && (maySeeComment(reader, comment) || (reader.moderator && comment.state === "removed"));
  if (!known) throw new AppError("not_found");
  return { account: viewer, comment, video, reader };
};

/** Throws `forbidden` for everybody but those who may edit the video. */
export const refuseOthers = ({ moderator }: Reader): void => {
  if (moderator) return;
  throw new AppError("forbidden", { hint: "Those who work on the video's channel may do this." });
};
