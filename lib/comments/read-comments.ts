import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, pageOf } from "#lib/admin/page-cursor.ts";
import type { CommentInPlaceDto, CommentPageDto, CommentQuery, ReplyPageDto, ReplyQuery } from "#lib/comments/dto.ts";
import { readerOf, refuseOthers, requireVisibleComment } from "#lib/comments/policy.ts";
import { toCommentDto } from "#lib/comments/to-comment-dto.ts";
import { db } from "#lib/db/client.ts";
import {
  type CommentRow,
  findComment,
  findPinned,
  getCommentsState,
  listHeld,
  listReplies,
  listThreads,
  type Reader,
} from "#lib/db/queries/people/comments.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

const positionSchema = z.tuple([z.number().int(), idSchema]);

const toPosition = ({ likes, replies, id }: CommentRow) => [likes + replies, id];

const rowsOf = (asked: { videoId: string; reader: Reader; query: CommentQuery }): Promise<CommentRow[]> => {
  const { videoId, reader, query } = asked;
  const [weight, id] = decodeCursor(positionSchema, query.cursor) ?? [];
  const limit = query.limit + 1;
  if (query.state === "held") return listHeld(db(), { videoId, reader, after: id, limit });
  const after = weight === undefined || id === undefined ? undefined : { weight, id };
  return listThreads(db(), { videoId, reader, sort: query.sort, after, limit });
};

const noComments = { pinned: null, items: [], nextCursor: null };

/**
 * A page of a video's threads: the weightiest or the newest first, with the pinned one beside the first page. Nothing where
 * comments are off. With `state: held` what waits for the channel. Throws `not_found` for a video that the viewer may not
 * see, `forbidden` for what waits when they do not work on it, and `invalid_input` for a cursor that is not ours.
 */
export const listComments = async ({
  viewer,
  videoId,
  query,
}: {
  viewer: Viewer;
  videoId: string;
  query: CommentQuery;
}): Promise<CommentPageDto> => {
  const [video, { mode, count }] = await Promise.all([
    requireVisibleVideo(db(), { viewer, videoId }),
    getCommentsState(db(), videoId),
  ]);
  const reader = readerOf(viewer, video);
  if (query.state === "held") {
    if (viewer === null) throw new AppError("unauthenticated");
    refuseOthers(reader);
  }
  const mayModerate = reader.moderator;
  const mayComment = viewer !== null && mode !== "off" && video.takenDownAt === null;
  const about = { mode, mayModerate, mayComment };
  if (mode === "off" && query.state === "shown") return { ...about, count: 0, ...noComments };
  // The count is of what everybody sees; the database keeps it in the transaction of each comment.
  if (viewer === null && count === 0 && query.cursor === undefined) return { ...about, count, ...noComments };
  const first = query.cursor === undefined && query.state === "shown";
  const [rows, pinned] = await Promise.all([
    rowsOf({ videoId, reader, query }),
    first ? findPinned(db(), { videoId, reader }) : null,
  ]);
  return {
    ...about,
    count,
    pinned: pinned === null ? null : toCommentDto(pinned, reader),
    ...pageOf(rows, { limit: query.limit, toPosition, toItem: (row) => toCommentDto(row, reader) }),
  };
};

/** Throws `not_found` where a video's comments are off. */
const refuseOff = async (videoId: string): Promise<void> => {
  if ((await getCommentsState(db(), videoId)).mode === "off") throw new AppError("not_found");
};

/** The replies of a thread, the oldest first. Throws `not_found`, and `invalid_input` for a cursor that is not ours. */
export const listCommentReplies = async ({
  viewer,
  commentId,
  query: { cursor, limit },
}: {
  viewer: Viewer;
  commentId: string;
  query: ReplyQuery;
}): Promise<ReplyPageDto> => {
  const root = await findComment(db(), { commentId, reader: { userId: null, moderator: false } });
  if (root === null || root.parentId !== null) throw new AppError("not_found");
  const reader = readerOf(viewer, await requireVisibleVideo(db(), { viewer, videoId: root.videoId }));
  await refuseOff(root.videoId);
  const after = decodeCursor(idSchema, cursor);
  const rows = await listReplies(db(), { commentId, reader, after, limit: limit + 1 });
  return pageOf(rows, { limit, toPosition: (row) => row.id, toItem: (row) => toCommentDto(row, reader) });
};

/** One comment with what began its thread, for links to it. Throws `not_found` for what the viewer may not see. */
export const getComment = async ({
  viewer,
  commentId,
}: {
  viewer: Viewer;
  commentId: string;
}): Promise<CommentInPlaceDto> => {
  const { comment, reader } = await requireVisibleComment(db(), { viewer, commentId });
  await refuseOff(comment.videoId);
  const { parentId } = comment;
  const root = parentId === null ? null : await findComment(db(), { commentId: parentId, reader });
  return { comment: toCommentDto(comment, reader), root: root === null ? null : toCommentDto(root, reader) };
};
