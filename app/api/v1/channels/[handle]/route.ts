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
    shared: true,
    summary: "One channel",
    description:
      "By its handle, in any case, with or without `@`. Open to everybody, with a few words about who stands behind it; `role` is yours on it, null for strangers. Its videos come from `GET /videos`.",
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
    description:
      "For its owners. Only what is sent is changed. A new handle holds at once, and the old address leads nowhere from then on; `conflict` with `fields` when somebody has it. `forbidden` for editors.",
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
    description:
      "For its owners, for good: its watermarks go along. `conflict` while it holds videos (deleted ones count until their grace time is over) and for the last channel of whoever made it.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, params }) => deleteChannel({ viewer, handle: params.handle }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
