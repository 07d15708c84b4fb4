import type { Viewer } from "#lib/accounts/viewer.ts";
import { requireMembership } from "#lib/channels/policy.ts";
import { auditComment, changedComment } from "#lib/comments/change-comment.ts";
import type { CommentDto, CommentsMode, HiddenPeopleDto, Moderation } from "#lib/comments/dto.ts";
import { holdComment, refuseOthers } from "#lib/comments/policy.ts";
import { tellOfRelease } from "#lib/comments/tell-of-comment.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import { findMemberRole } from "#lib/db/queries/channels/channel-members.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { holdComments, pinComment, setCommentState, setCommentsMode } from "#lib/db/queries/people/comment-changes.ts";
import {
  deleteHiddenPerson,
  holdPersonOnChannel,
  insertHiddenPerson,
  listHiddenPeople,
  markCommentsHidden,
} from "#lib/db/queries/people/hidden-people.ts";
import { AppError } from "#lib/errors.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

type Asked = { viewer: Viewer; commentId: string };

/**
 * Lets a comment through, has it wait, or takes it away, for those who may edit the video. Whom it answers is told once it
 * is let through. Throws `unauthenticated`, `not_found` for what is not there or was deleted by its author, `forbidden`.
 */
export const moderateComment = ({ viewer, commentId, state }: Asked & Moderation): Promise<CommentDto> =>
  transaction(async (tx) => {
    const held = await holdComment(tx, { viewer, commentId });
    const { comment, video, reader } = held;
    refuseOthers(reader);
    if (comment.state === state) return changedComment(tx, { commentId, reader });
    if (!(await setCommentState(tx, { commentId, state }))) throw new AppError("not_found");
    await auditComment(tx, {
      held,
      action: `comment.${state === "removed" ? "remove" : state === "held" ? "hold" : "show"}`,
    });
    const author = comment.authorId === null ? null : await findUser(tx, comment.authorId);
    if (state === "shown" && comment.state === "held" && !comment.hidden && author !== null) {
      await tellOfRelease(tx, { comment: { ...comment, state }, video, author: author.displayName });
    }
    return changedComment(tx, { commentId, reader });
  });

/**
 * Pins a comment on top of its video's, in the place of another one, or takes it down. Throws like `moderateComment`, and
 * `conflict` for replies and for what not everybody sees.
 */
export const setPinned = ({ viewer, commentId, pinned }: Asked & { pinned: boolean }): Promise<CommentDto> =>
  transaction(async (tx) => {
    const held = await holdComment(tx, { viewer, commentId });
    const { comment, video, reader } = held;
    refuseOthers(reader);
    if (pinned === (comment.pinnedAt !== null)) return changedComment(tx, { commentId, reader });
    if (pinned && (comment.parentId !== null || comment.state !== "shown" || comment.hidden)) {
      throw new AppError("conflict", {
        message: "Only a comment that everybody sees and that is no reply can be pinned.",
      });
    }
    await pinComment(tx, { videoId: video.id, commentId: pinned ? commentId : null });
    await auditComment(tx, { held, action: pinned ? "comment.pin" : "comment.unpin" });
    return changedComment(tx, { commentId, reader });
  });

/**
 * Opens a video for comments, has new ones wait, or switches them off, which hides those that are there. Throws
 * `unauthenticated`, `not_found` and `forbidden`.
 */
export const changeCommentsMode = ({
  viewer,
  videoId,
  mode,
}: {
  viewer: Viewer;
  videoId: string;
  mode: CommentsMode;
}): Promise<{ mode: CommentsMode }> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    if (!(await holdComments(tx, videoId))) throw new AppError("not_found");
    await setCommentsMode(tx, { videoId, mode });
    await recordAudit(tx, {
      ...{ actorId: viewer?.id ?? null, action: "video.comments", targetType: "video", targetId: videoId },
      ...{ after: { mode }, details: {} },
    });
    return { mode };
  });

type OnChannel = { viewer: Viewer; handle: string };

/** Who is hidden on a channel, the latest first, for those who work on it. Throws `unauthenticated`, `not_found`, `forbidden`. */
export const readHiddenPeople = async (asked: OnChannel): Promise<HiddenPeopleDto> => {
  const { channel } = await requireMembership(db(), asked);
  return {
    items: (await listHiddenPeople(db(), channel.id)).map(({ createdAt, ...person }) => ({
      ...person,
      since: createdAt.toISOString(),
    })),
  };
};

/**
 * Hides somebody on a channel, or no longer: what they wrote and will write under its videos is seen by them and by the
 * channel alone. They are not told. Repeating it changes nothing. Throws like `readHiddenPeople`, and `conflict` for those
 * who work on the channel.
 */
export const setPersonHidden = ({
  userId,
  hidden,
  ...asked
}: OnChannel & { userId: string; hidden: boolean }): Promise<void> =>
  transaction(async (tx) => {
    const { account, channel } = await requireMembership(tx, asked);
    const person = { channelId: channel.id, userId };
    if ((await findUser(tx, userId)) === null) throw new AppError("not_found");
    if (hidden && (await findMemberRole(tx, person)) !== null) {
      throw new AppError("conflict", { message: "Whoever works on a channel cannot be hidden there." });
    }
    await holdPersonOnChannel(tx, person);
    if (hidden) await insertHiddenPerson(tx, { ...person, hiddenBy: account.id });
    else await deleteHiddenPerson(tx, person);
    await markCommentsHidden(tx, { ...person, hidden });
    await recordAudit(tx, {
      ...{ actorId: account.id, action: hidden ? "channel.hide_person" : "channel.show_person" },
      ...{ targetType: "channel", targetId: channel.id, details: { userId } },
    });
  });
