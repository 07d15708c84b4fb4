import { getChannelSharing, setChannelSharing } from "#lib/sharing/channel-sharing.ts";
import { channelSharingPut, channelSharingSchema } from "#lib/sharing/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.sharing.get",
    scope: "channels:read",
    summary: "Where a channel's videos may be embedded",
    description: "For those who work on the channel; `forbidden` for everybody else.",
    errors: ["forbidden"],
    params,
    response: channelSharingSchema,
  },
  ({ viewer, params }) => getChannelSharing({ viewer, handle: params.handle }),
);

export const PUT = route(
  {
    name: "channels.sharing.put",
    scope: "channels:write",
    summary: "Say where a channel's videos may be embedded",
    description:
      "For its owners; `forbidden` for everybody else. Embeds tell browsers which sites may frame them (`frame-ancestors`), from the next one that is opened. A single video can be closed to embeds with `PATCH /videos/{videoId}/sharing`.",
    errors: ["forbidden"],
    params,
    body: channelSharingPut,
    response: channelSharingSchema,
  },
  ({ viewer, params, body: sharing }) => setChannelSharing({ viewer, handle: params.handle, sharing }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
