import { deleteChannel, editChannel } from "#lib/channels/change-channel.ts";
import { channelPatchSchema, channelSchema, shownChannelSchema } from "#lib/channels/dto.ts";
import { getChannel } from "#lib/channels/read-channels.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.get",
    scope: "channels:read",
    anonymous: true,
    summary: "One channel",
    params,
    response: shownChannelSchema,
  },
  ({ viewer, params }) => getChannel({ viewer, handle: params.handle }),
);

export const PATCH = route(
  {
    name: "channels.edit",
    scope: "channels:write",
    summary: "Change a channel's name, description or handle",
    errors: ["conflict"],
    params,
    body: channelPatchSchema,
    response: channelSchema,
  },
  ({ viewer, params, body }) => editChannel({ viewer, handle: params.handle, patch: body }),
);

export const DELETE = route(
  {
    name: "channels.delete",
    scope: "channels:write",
    summary: "Delete a channel that holds no videos",
    errors: ["conflict"],
    params,
  },
  ({ viewer, params }) => deleteChannel({ viewer, handle: params.handle }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
