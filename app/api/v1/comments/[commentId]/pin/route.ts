import { commentSchema } from "#lib/comments/dto.ts";
import { setPinned } from "#lib/comments/moderate.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { commentParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PUT = route(
  {
    name: "comments.pin",
    scope: "comments:write",
    summary: "Pin a comment on top",
    description:
      "For those who may edit the video; it takes the place of the one that was pinned. `conflict` for replies and for what not everybody sees.",
    errors: ["conflict"],
    params,
    response: commentSchema,
  },
  ({ viewer, params }) => setPinned({ viewer, commentId: params.commentId, pinned: true }),
);

export const DELETE = route(
  {
    name: "comments.unpin",
    scope: "comments:write",
    summary: "Take a pinned comment down",
    description: "For those who may edit the video. Repeating it changes nothing.",
    params,
    response: commentSchema,
  },
  ({ viewer, params }) => setPinned({ viewer, commentId: params.commentId, pinned: false }),
);

export const { GET, POST, PATCH, OPTIONS } = otherMethods("PUT", "DELETE");
