import { apiRequest } from "#lib/api-client/request.ts";
import type { CommentDto, CommentPageDto, CommentsMode, Moderation, ReplyPageDto } from "#lib/comments/dto.ts";

/** A page of a video's threads, or of what waits. Throws `ApiError`. */
export const fetchComments = ({
  videoId,
  ...query
}: {
  videoId: string;
  sort?: "top" | "newest" | undefined;
  state?: "shown" | "held" | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}): Promise<CommentPageDto> => apiRequest({ path: `/videos/${videoId}/comments`, query });

/** The replies of a thread, the oldest first. Throws `ApiError`. */
export const fetchReplies = ({
  commentId,
  cursor,
}: {
  commentId: string;
  cursor?: string | undefined;
}): Promise<ReplyPageDto> => apiRequest({ path: `/comments/${commentId}/replies`, query: { cursor, limit: 20 } });

/** Writes a comment or, with `parentId`, an answer. Throws `ApiError`. */
export const postComment = ({
  videoId,
  ...body
}: {
  videoId: string;
  text: string;
  parentId: string | null;
}): Promise<CommentDto> => apiRequest({ path: `/videos/${videoId}/comments`, method: "POST", body });

/** Puts other words into one's own comment. Throws `ApiError`. */
export const patchComment = ({ commentId, text }: { commentId: string; text: string }): Promise<CommentDto> =>
  apiRequest({ path: `/comments/${commentId}`, method: "PATCH", body: { text } });

/** Deletes one's own comment, or takes one away as the channel. Throws `ApiError`. */
export const deleteComment = (commentId: string): Promise<void> =>
  apiRequest({ path: `/comments/${commentId}`, method: "DELETE" });

/** Likes a comment, or takes the like back. Throws `ApiError`. */
export const setCommentLiked = ({ commentId, liked }: { commentId: string; liked: boolean }): Promise<CommentDto> =>
  apiRequest({ path: `/comments/${commentId}/like`, method: liked ? "PUT" : "DELETE" });

/** Shows, holds or takes away a comment, for the channel. Throws `ApiError`. */
export const moderateComment = ({ commentId, state }: { commentId: string } & Moderation): Promise<CommentDto> =>
  apiRequest({ path: `/comments/${commentId}/moderation`, method: "PUT", body: { state } });

/** Pins a comment on top, or takes it down. Throws `ApiError`. */
export const setCommentPinned = ({ commentId, pinned }: { commentId: string; pinned: boolean }): Promise<CommentDto> =>
  apiRequest({ path: `/comments/${commentId}/pin`, method: pinned ? "PUT" : "DELETE" });

/** Says whether a video takes comments. Throws `ApiError`. */
export const setCommentsMode = ({
  videoId,
  mode,
}: {
  videoId: string;
  mode: CommentsMode;
}): Promise<{ mode: CommentsMode }> =>
  apiRequest({ path: `/videos/${videoId}/comments`, method: "PATCH", body: { mode } });

/** Hides somebody on a channel. Throws `ApiError`. */
export const hidePerson = ({ handle, userId }: { handle: string; userId: string }): Promise<void> =>
  apiRequest({ path: `/channels/${encodeURIComponent(handle)}/hidden-people/${userId}`, method: "PUT" });

/** Hides somebody on a channel no more. Throws `ApiError`. */
export const showPerson = ({ handle, userId }: { handle: string; userId: string }): Promise<void> =>
  apiRequest({ path: `/channels/${encodeURIComponent(handle)}/hidden-people/${userId}`, method: "DELETE" });
