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
    description:
      "All at once, since they are few: channels that you made and those on which others let you work, each with your `role` there.",
    response: channelListSchema,
  },
  ({ viewer }) => listOwnChannels(viewer),
);

export const POST = route(
  {
    name: "channels.create",
    scope: "channels:write",
    summary: "Make a channel",
    description:
      "For creators and admins, who own it then: its storage counts against their account. `conflict` with `fields` for a handle that somebody has, and beyond 20 channels; `forbidden` for accounts that only watch.",
    errors: ["conflict"],
    body: newChannelSchema,
    response: channelSchema,
    status: 201,
  },
  ({ viewer, body }) => createChannel({ viewer, channel: body }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
