import {
  madePlaybackTokenSchema,
  newPlaybackTokenSchema,
  playbackTokenPageSchema,
  playbackTokenQuerySchema,
  revokedPlaybackTokensSchema,
} from "#lib/playback/dto.ts";
import { listPlaybackTokens, makePlaybackToken, revokeAllPlayback } from "#lib/playback/playback-tokens.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.playback_tokens.list",
    scope: "videos:read",
    summary: "Playback tokens of a video",
    description:
      "For those who work on its channel, newest first, revoked and expired ones too for a while. The tokens themselves were told when they were made.",
    params,
    query: playbackTokenQuerySchema,
    response: playbackTokenPageSchema,
  },
  ({ viewer, params, query }) => listPlaybackTokens({ viewer, videoId: params.videoId, query }),
);

export const POST = route(
  {
    name: "videos.playback_tokens.make",
    scope: "videos:write",
    summary: "Make a playback token",
    description:
      "For those who work on its channel. Whoever has `watchUrl` or `embedUrl` watches the private video until the token expires or is revoked, without an account. With `sites` it opens embeds on those sites only. `token` is in this answer and in no other. `conflict` for a video that was taken down, and when ten thousand tokens are open.",
    errors: ["conflict"],
    params,
    body: newPlaybackTokenSchema,
    response: madePlaybackTokenSchema,
    status: 201,
  },
  ({ viewer, params, body: token }) => makePlaybackToken({ viewer, videoId: params.videoId, token }),
);

export const DELETE = route(
  {
    name: "videos.playback_tokens.revoke_all",
    scope: "videos:write",
    summary: "Revoke all playback of a video",
    description:
      "For those who work on its channel. Every token and every signed address that is out ends within seconds; players of people who may see the video get new addresses by themselves.",
    params,
    response: revokedPlaybackTokensSchema,
  },
  ({ viewer, params }) => revokeAllPlayback({ viewer, videoId: params.videoId }),
);

export const { PUT, PATCH, OPTIONS } = otherMethods("GET", "POST", "DELETE");
