import { videoSharingPatch, videoSharingSchema } from "#lib/sharing/dto.ts";
import { editVideoSharing, getVideoSharing } from "#lib/sharing/video-sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.sharing.get",
    scope: "videos:read",
    summary: "What others may do with a video",
    description: "For those who work on its channel.",
    params,
    response: videoSharingSchema,
  },
  ({ viewer, params }) => getVideoSharing({ viewer, videoId: params.videoId }),
);

export const PATCH = route(
  {
    name: "videos.sharing.edit",
    scope: "videos:write",
    summary: "Change what others may do with a video",
    description:
      "For those who work on its channel; only what is sent is changed. `downloadable` puts a public video's sound file, once there is one, into the channel's podcast and opens it to everybody at `/audio/{videoId}.mp3`.",
    params,
    body: videoSharingPatch,
    response: videoSharingSchema,
  },
  ({ viewer, params, body: patch }) => editVideoSharing({ viewer, videoId: params.videoId, patch }),
);

export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");
