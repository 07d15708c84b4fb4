import { channelCommentPageSchema, channelCommentQuerySchema } from "#lib/comments/dto.ts";
import { readChannelComments } from "#lib/comments/read-channel-comments.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.comments",
    scope: "channels:read",
    summary: "Comments under a channel's videos",
    description:
      "For those who work on it, the newest first, each with its video: `state=held` lists what waits to be let through, `state=shown` what began threads lately. `PUT /comments/{id}/moderation` decides about each.",
    params,
    query: channelCommentQuerySchema,
    response: channelCommentPageSchema,
  },
  ({ viewer, params, query }) => readChannelComments({ viewer, handle: params.handle, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
