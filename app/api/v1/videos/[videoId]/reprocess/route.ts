import { videoSchema } from "#lib/videos/dto.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "videos.reprocess",
    scope: "videos:write",
    summary: "Process a video again",
    description:
      "Goes on with what a failed run has made where that is still there, else begins a new run beside what plays. `conflict` while one goes on, `unprocessable` while there is no original.",
    errors: ["conflict", "unprocessable"],
    params,
    response: videoSchema,
    status: 202,
  },
  ({ viewer, params, locale }) => reprocessVideo({ viewer, videoId: params.videoId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
