import { deleteComment, editComment } from "#lib/comments/change-comment.ts";
import { commentInPlaceSchema, commentPatchSchema, commentSchema } from "#lib/comments/dto.ts";
import { getComment } from "#lib/comments/read-comments.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { commentParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "comments.get",
    scope: "videos:read",
    anonymous: true,
    summary: "One comment",
    description: "With what began its thread, for links to it. `not_found` for what the caller may not see.",
    params,
    response: commentInPlaceSchema,
  },
  ({ viewer, params }) => getComment({ viewer, commentId: params.commentId }),
);

export const PATCH = route(
  {
    name: "comments.edit",
    limit: "comment",
    scope: "comments:write",
    summary: "Change the words of your comment",
    description:
      "For its author; everybody sees that it was edited. Where new comments wait for the channel, it waits again. `forbidden` for other people's.",
    params,
    body: commentPatchSchema,
    response: commentSchema,
  },
  ({ viewer, params, body }) => editComment({ viewer, commentId: params.commentId, text: body.text }),
);

export const DELETE = route(
  {
    name: "comments.delete",
    scope: "comments:write",
    summary: "Delete a comment",
    description:
      "Its author deletes it for good. Those who may edit the video take it away, and can put it back by `PUT /comments/{id}/moderation`. Answers to it stay, under its empty place. `forbidden` for everybody else.",
    params,
  },
  ({ viewer, params }) => deleteComment({ viewer, commentId: params.commentId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
