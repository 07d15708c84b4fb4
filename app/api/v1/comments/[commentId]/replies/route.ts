import { replyPageSchema, replyQuerySchema } from "#lib/comments/dto.ts";
import { listCommentReplies } from "#lib/comments/read-comments.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { commentParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "comments.replies",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "Replies of a thread",
    description: "The oldest first. The id is that of what began the thread; `not_found` for a reply's.",
    params,
    query: replyQuerySchema,
    response: replyPageSchema,
  },
  ({ viewer, params, query }) => listCommentReplies({ viewer, commentId: params.commentId, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
