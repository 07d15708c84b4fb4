import { createChannel } from "#lib/channels/create-channel.ts";
import { channelListSchema, channelSchema, newChannelSchema } from "#lib/channels/dto.ts";
import { listOwnChannels } from "#lib/channels/read-channels.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.list",
    scope: "channels:read",
    summary: "The channels on which the caller works, the own ones first",
    response: channelListSchema,
  },
  ({ viewer }) => listOwnChannels(viewer),
);

export const POST = route(
  {
    name: "channels.create",
    scope: "channels:write",
    summary: "Make a channel",
    errors: ["conflict"],
    body: newChannelSchema,
    response: channelSchema,
    status: 201,
  },
  ({ viewer, body }) => createChannel({ viewer, channel: body }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
