import { addComment } from "#lib/comments/add-comment.ts";
import {
  commentPageSchema,
  commentQuerySchema,
  commentSchema,
  commentsChangeSchema,
  newCommentSchema,
} from "#lib/comments/dto.ts";
import { changeCommentsMode } from "#lib/comments/moderate.ts";
import { listComments } from "#lib/comments/read-comments.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "comments.list",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "Comments under a video",
    description:
      "What begins each thread: by likes and replies, or the newest first; the pinned one stands beside the first page. Replies come from `GET /comments/{id}/replies`. Where comments are off there are none. `state=held` lists what waits, for those who may edit the video; `forbidden` for others.",
    errors: ["forbidden"],
    params,
    query: commentQuerySchema,
    response: commentPageSchema,
  },
  ({ viewer, params, query }) => listComments({ viewer, videoId: params.videoId, query }),
);

export const POST = route(
  {
    name: "comments.create",
    limit: "comment",
    scope: "comments:write",
    summary: "Write a comment or a reply",
    description:
      "With `parentId` an answer: it joins the thread of what it answers. Times such as 1:23 become links to that moment. The channel is told, and whoever is answered. Where new comments wait for the channel the answer has `state: held`. `forbidden` where comments are off, `gone` for an answer to what was deleted meanwhile, `conflict` for a video that was taken down.",
    errors: ["forbidden", "address_unconfirmed", "gone", "conflict"],
    params,
    body: newCommentSchema,
    response: commentSchema,
    status: 201,
  },
  ({ viewer, params, body }) => addComment({ viewer, videoId: params.videoId, comment: body }),
);

export const PATCH = route(
  {
    name: "comments.mode",
    scope: "videos:write",
    summary: "Say whether a video takes comments",
    description:
      "For those who may edit the video. `held`: new ones wait until somebody lets them through; `off`: none are taken and none are shown.",
    params,
    body: commentsChangeSchema,
    response: commentsChangeSchema,
  },
  ({ viewer, params, body }) => changeCommentsMode({ viewer, videoId: params.videoId, mode: body.mode }),
);

export const { PUT, DELETE, OPTIONS } = otherMethods("GET", "POST", "PATCH");
