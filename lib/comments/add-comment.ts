import { addressUnconfirmed, isAddressGoodEnough } from "#lib/accounts/confirmed-address.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import type { CommentDto, NewComment } from "#lib/comments/dto.ts";
import { maySeeComment, readerOf } from "#lib/comments/policy.ts";
import { tellOfComment } from "#lib/comments/tell-of-comment.ts";
import { toCommentDto } from "#lib/comments/to-comment-dto.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { findStoredComment, holdComments, insertComment } from "#lib/db/queries/people/comment-changes.ts";
import { findComment, getCommentsState, type Reader } from "#lib/db/queries/people/comments.ts";
import { holdPersonOnChannel, isHiddenOn } from "#lib/db/queries/people/hidden-people.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { refuseTakenDown, requireVisibleVideo } from "#lib/videos/policy.ts";

type Place = { parentId: string | null; repliedToId: string | null };

/** Where an answer goes: under what began the thread, to whoever wrote what it answers. */
const placeOf = async (
  tx: Tx,
  { answeredId, video, reader }: { answeredId: string | null; video: VideoRow; reader: Reader },
): Promise<Place> => {
  if (answeredId === null) return { parentId: null, repliedToId: null };
  const answered = await findStoredComment(tx, answeredId);
  if (answered === null || answered.videoId !== video.id) {
    throw new AppError("invalid_input", { fields: { parentId: "There is no such comment under this video." } });
  }
  // Deleted or taken away while the answer was written.
  if (!maySeeComment(reader, answered)) {
    throw new AppError("gone", { message: "The comment that this answers is no longer there." });
  }
  return { parentId: answered.parentId ?? answered.id, repliedToId: answered.authorId };
};

const stateFor = async (tx: Tx, { video, reader }: { video: VideoRow; reader: Reader }): Promise<"shown" | "held"> => {
  const { mode } = await getCommentsState(tx, video.id);
  if (mode === "off") throw new AppError("forbidden", { message: "This video takes no comments." });
  return mode === "held" && !reader.moderator ? "held" : "shown";
};

/**
 * Writes a comment under a video, or an answer to one, and tells the channel and whoever is answered in the same
 * transaction. Throws `unauthenticated`, `not_found` for a video that the viewer may not see, `forbidden` where comments are
 * off, `address_unconfirmed` where that is asked for, `invalid_input` for an answer to something else, `gone` for one to
 * what was deleted meanwhile, and `conflict` for a video that was taken down.
 */
export const addComment = async ({
  viewer,
  videoId,
  comment: { text, parentId: answeredId },
}: {
  viewer: Viewer;
  videoId: string;
  comment: NewComment;
}): Promise<CommentDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const goodEnough = await isAddressGoodEnough(viewer);
  return transaction(async (tx) => {
    const video = await requireVisibleVideo(tx, { viewer, videoId });
    if (!goodEnough) throw addressUnconfirmed();
    refuseTakenDown(viewer, video);
    const reader = readerOf(viewer, video);
    const person = { channelId: video.channelId, userId: viewer.id };
    await holdPersonOnChannel(tx, person);
    if (!(await holdComments(tx, videoId))) throw new AppError("not_found");
    const place = await placeOf(tx, { answeredId, video, reader });
    const state = await stateFor(tx, { video, reader });
    const hidden = !reader.moderator && (await isHiddenOn(tx, person));
    const stored = { id: newId(), videoId, authorId: viewer.id, body: text, state, hidden, ...place };
    await insertComment(tx, stored);
    if (!hidden) await tellOfComment(tx, { comment: stored, video, author: viewer.displayName });
    const row = await findComment(tx, { commentId: stored.id, reader });
    if (row === null) throw new AppError("internal");
    return toCommentDto(row, reader);
  });
};
