import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, pageOf } from "#lib/admin/page-cursor.ts";
import { requireMembership } from "#lib/channels/policy.ts";
import type { ChannelCommentPageDto, ChannelCommentQuery } from "#lib/comments/dto.ts";
import { toCommentDto } from "#lib/comments/to-comment-dto.ts";
import { db } from "#lib/db/client.ts";
import { listChannelComments } from "#lib/db/queries/people/channel-comments.ts";
import { idSchema } from "#lib/ids.ts";

/**
 * Comments under all videos of a channel, the newest first, for those who work on it. Throws `unauthenticated`, `not_found`,
 * `forbidden`, and `invalid_input` for a cursor that is not ours.
 */
export const readChannelComments = async ({
  viewer,
  handle,
  query: { state, cursor, limit },
}: {
  viewer: Viewer;
  handle: string;
  query: ChannelCommentQuery;
}): Promise<ChannelCommentPageDto> => {
  const { account, channel } = await requireMembership(db(), { viewer, handle });
  const reader = { userId: account.id, moderator: true };
  const after = decodeCursor(idSchema, cursor);
  const rows = await listChannelComments(db(), { channelId: channel.id, reader, state, after, limit: limit + 1 });
  return pageOf(rows, {
    limit,
    toPosition: ({ comment }) => comment.id,
    toItem: ({ comment, video }) => ({ comment: toCommentDto(comment, reader), video }),
  });
};
