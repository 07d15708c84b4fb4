import { commentSchema, moderationSchema } from "#lib/comments/dto.ts";
import { moderateComment } from "#lib/comments/moderate.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { commentParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "comments.moderate",
    scope: "comments:write",
    summary: "Show, hold or take away a comment",
    description:
      "For those who may edit the video. What its author deleted cannot be put back: `not_found`. Whom it answers is told when it is let through.",
    params,
    body: moderationSchema,
    response: commentSchema,
  },
  ({ viewer, params, body }) => moderateComment({ viewer, commentId: params.commentId, state: body.state }),
);

export const { GET, POST, PATCH, DELETE, OPTIONS } = otherMethods("PUT");
