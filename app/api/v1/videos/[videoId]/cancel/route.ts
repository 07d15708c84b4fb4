import { cancelProcessing } from "#lib/videos/cancel-processing.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "videos.cancel",
    scope: "videos:write",
    summary: "Stop processing a video",
    errors: ["conflict"],
    params,
    response: videoSchema,
  },
  ({ viewer, params, locale }) => cancelProcessing({ viewer, videoId: params.videoId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
