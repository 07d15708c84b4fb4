import { likeComment } from "#lib/comments/change-comment.ts";
import { commentSchema } from "#lib/comments/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { commentParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "comment_likes.put",
    scope: "library:write",
    summary: "Like a comment",
    description: "One like per account and comment; repeating it changes nothing.",
    params,
    response: commentSchema,
  },
  ({ viewer, params }) => likeComment({ viewer, commentId: params.commentId, liked: true }),
);

export const DELETE = route(
  {
    name: "comment_likes.delete",
    scope: "library:write",
    summary: "Take the like of a comment back",
    description: "Repeating it changes nothing.",
    params,
    response: commentSchema,
  },
  ({ viewer, params }) => likeComment({ viewer, commentId: params.commentId, liked: false }),
);

export const { GET, POST, PATCH, OPTIONS } = otherMethods("PUT", "DELETE");
