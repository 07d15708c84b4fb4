import { avatarUrlOf } from "#lib/accounts/avatar/avatar-url.ts";
import type { CommentDto } from "#lib/comments/dto.ts";
import { maySeeComment } from "#lib/comments/policy.ts";
import type { CommentRow, Reader } from "#lib/db/queries/people/comments.ts";

const authorOf = ({ author, byChannel }: CommentRow): CommentDto["author"] =>
  author === null || author.deletionRequestedAt !== null
    ? null
    : {
        ...{ userId: author.id, username: author.username, displayName: author.displayName },
        ...{ avatarUrl: avatarUrlOf(author), ofChannel: byChannel },
      };

/** A comment as a reader sees it; of one that they may not read only its place. */
export const toCommentDto = (row: CommentRow, reader: Reader): CommentDto => {
  const seen = maySeeComment(reader, row);
  const shown = row.state === "held" ? "held" : row.hidden ? "hidden" : "shown";
  return {
    ...{ id: row.id, videoId: row.videoId, parentId: row.parentId },
    author: seen ? authorOf(row) : null,
    repliedTo: seen ? row.repliedTo : null,
    text: seen ? row.body : null,
    state: seen ? shown : "gone",
    likes: seen ? row.likes : 0,
    liked: seen && row.liked,
    replies: row.replies,
    pinned: row.pinnedAt !== null,
    editedAt: seen ? (row.editedAt?.toISOString() ?? null) : null,
    createdAt: row.createdAt.toISOString(),
    own: seen && reader.userId !== null && row.authorId === reader.userId,
  };
};
