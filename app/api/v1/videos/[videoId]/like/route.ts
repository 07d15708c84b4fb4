import { likesSchema } from "#lib/library/dto.ts";
import { likeVideo, readLikes, unlikeVideo } from "#lib/library/likes.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "likes.get",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "How many like a video",
    description: "For everybody who may see the video; `liked` says whether the caller does.",
    params,
    response: likesSchema,
  },
  ({ viewer, params }) => readLikes({ viewer, videoId: params.videoId }),
);

export const PUT = route(
  {
    name: "likes.put",
    scope: "library:write",
    summary: "Like a video",
    description:
      "One like per account and video; repeating it changes nothing. `not_found` for a video that the caller may not see.",
    params,
    response: likesSchema,
  },
  ({ viewer, params }) => likeVideo({ viewer, videoId: params.videoId }),
);

export const DELETE = route(
  {
    name: "likes.delete",
    scope: "library:write",
    summary: "Take a like back",
    description: "Repeating it changes nothing. `not_found` for a video that the caller may not see.",
    params,
    response: likesSchema,
  },
  ({ viewer, params }) => unlikeVideo({ viewer, videoId: params.videoId }),
);

export const { POST, PATCH, OPTIONS } = otherMethods("GET", "PUT", "DELETE");
