import type { Viewer } from "#lib/accounts/viewer.ts";
import type { CommentDto } from "#lib/comments/dto.ts";
import { type HeldComment, holdComment, requireVisibleComment } from "#lib/comments/policy.ts";
import { toCommentDto } from "#lib/comments/to-comment-dto.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import {
  editCommentBody,
  markCommentDeleted,
  setCommentLike,
  setCommentState,
} from "#lib/db/queries/people/comment-changes.ts";
import { findComment, getCommentsState, type Reader } from "#lib/db/queries/people/comments.ts";
import { AppError } from "#lib/errors.ts";

type Asked = { viewer: Viewer; commentId: string };

/** The comment as it is after a change. */
export const changedComment = async (
  tx: Tx,
  { commentId, reader }: { commentId: string; reader: Reader },
): Promise<CommentDto> => {
  const row = await findComment(tx, { commentId, reader });
  if (row === null) throw new AppError("not_found");
  return toCommentDto(row, reader);
};

/** Writes down what somebody of the channel did to a comment of somebody else. */
export const auditComment = (
  tx: Tx,
  { held: { account, comment, video }, action }: { held: HeldComment; action: string },
): Promise<void> =>
  recordAudit(tx, {
    ...{ actorId: account.id, action, targetType: "comment", targetId: comment.id },
    details: { videoId: video.id, authorId: comment.authorId },
  });

const refuseForeign = ({ account, comment }: HeldComment): void => {
  if (comment.authorId !== account.id)
    throw new AppError("forbidden", { hint: "Only its author may change a comment." });
};

/**
 * Puts other words into the caller's comment; everybody sees that it was edited. Where new ones wait for the channel, it
 * waits again. Throws `unauthenticated`, `not_found` for what they may not see and `forbidden` for other people's.
 */
export const editComment = ({ viewer, commentId, text }: Asked & { text: string }): Promise<CommentDto> =>
  transaction(async (tx) => {
    const held = await holdComment(tx, { viewer, commentId });
    refuseForeign(held);
    const { comment, video, reader } = held;
    if (comment.body !== text) {
      const { mode } = await getCommentsState(tx, video.id);
      await editCommentBody(tx, { commentId, body: text, held: mode === "held" && !reader.moderator });
    }
    return changedComment(tx, { commentId, reader });
  });

/**
 * Takes a comment away: its author for good, somebody of the channel until they put it back. Answers to it stay, under its
 * empty place. Throws like `editComment`, and `not_found` for what is gone already.
 */
export const deleteComment = ({ viewer, commentId }: Asked): Promise<void> =>
  transaction(async (tx) => {
    const held = await holdComment(tx, { viewer, commentId });
    const { account, comment, reader } = held;
    if (comment.authorId === account.id) {
      if (!(await markCommentDeleted(tx, commentId))) throw new AppError("not_found");
      return;
    }
    if (!reader.moderator) refuseForeign(held);
    if (comment.state === "removed") return;
    if (!(await setCommentState(tx, { commentId, state: "removed" }))) throw new AppError("not_found");
    await auditComment(tx, { held, action: "comment.remove" });
  });

/** Likes a comment, or takes the like back; repeating it changes nothing. Throws `unauthenticated`, and `not_found` for what the caller may not see. */
export const likeComment = ({ viewer, commentId, liked }: Asked & { liked: boolean }): Promise<CommentDto> =>
  transaction(async (tx) => {
    if (viewer === null) throw new AppError("unauthenticated");
    const { reader } = await requireVisibleComment(tx, { viewer, commentId });
    await setCommentLike(tx, { userId: viewer.id, commentId, liked });
    return changedComment(tx, { commentId, reader });
  });
