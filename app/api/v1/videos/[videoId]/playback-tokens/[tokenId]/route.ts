import { revokePlaybackToken } from "#lib/playback/playback-tokens.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { playbackTokenParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "videos.playback_tokens.revoke",
    scope: "videos:write",
    summary: "Revoke a playback token",
    description:
      "For those who work on its channel. What plays by the token stops within seconds. One that is revoked or expired already stays as it is.",
    params,
  },
  ({ viewer, params }) => revokePlaybackToken({ viewer, ...params }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
