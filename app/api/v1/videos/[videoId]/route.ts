import { z } from "zod";
import { playbackTokenParameter } from "#lib/playback/dto.ts";
import { deleteVideo } from "#lib/videos/delete-video.ts";
import { videoPatchSchema, videoSchema } from "#lib/videos/dto.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

const query = z.object({ token: playbackTokenParameter });

export const GET = route(
  {
    name: "videos.get",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "One video",
    description:
      "Open to everybody for what is public or unlisted and ready; those who work on it see it in every state, with progress, failure and upload. Addresses under `playback` are signed for what is not public and hold for a while: ask anew instead of keeping them. With `token` a private video opens to whoever has a playback token of it, and its addresses hold no longer than that; `forbidden` for a token that is edited, expired, revoked or another video's. `not_found` also for what you may not see.",
    errors: ["forbidden"],
    params,
    query,
    response: videoSchema,
  },
  ({ viewer, params, query: { token }, locale }) => getVideo({ viewer, videoId: params.videoId, locale, token }),
);

export const PATCH = route(
  {
    name: "videos.edit",
    scope: "videos:write",
    summary: "Change texts, visibility and channel of a video",
    description:
      "For those who work on its channel; only what is sent is changed. Making it less open ends the addresses that play it. Owners of its channel may move it to another one of the same founder; its address stays. `address_unconfirmed` for publishing where the instance wants a confirmed address first.",
    errors: ["conflict", "address_unconfirmed"],
    params,
    body: videoPatchSchema,
    response: videoSchema,
  },
  ({ viewer, params, body: patch, locale }) => editVideo({ viewer, videoId: params.videoId, patch, locale }),
);

export const DELETE = route(
  {
    name: "videos.delete",
    scope: "videos:write",
    summary: "Delete a video",
    description:
      "It is gone for everybody at once, what processes it stops, and the addresses that play it end. `POST /videos/{videoId}/restore` brings it back within seven days; then its files are removed.",
    params,
  },
  ({ viewer, params }) => deleteVideo({ viewer, videoId: params.videoId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
