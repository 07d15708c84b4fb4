import { deleteVideo } from "#lib/videos/delete-video.ts";
import { videoPatchSchema, videoSchema } from "#lib/videos/dto.ts";
import { editVideo } from "#lib/videos/edit-video.ts";
import { getVideo } from "#lib/videos/get-video.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  { name: "videos.get", scope: "videos:read", anonymous: true, summary: "One video", params, response: videoSchema },
  ({ viewer, params, locale }) => getVideo({ viewer, videoId: params.videoId, locale }),
);

export const PATCH = route(
  {
    name: "videos.edit",
    scope: "videos:write",
    summary: "Change texts, visibility and channel of a video",
    description: "Owners of its channel may move it to another one of the same founder; its address stays.",
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
    description: "It is gone at once and can be brought back within seven days.",
    params,
  },
  ({ viewer, params }) => deleteVideo({ viewer, videoId: params.videoId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
