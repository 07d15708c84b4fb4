import { channelSchema, getChannel } from "#lib/videos/get-channel.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  { name: "channels.get", scope: "channels:read", summary: "One channel", params, response: channelSchema },
  ({ viewer, params }) => getChannel({ viewer, handle: params.handle }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
