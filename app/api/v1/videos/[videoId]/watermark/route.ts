import { videoWatermarkChoiceSchema, videoWatermarkSchema } from "#lib/watermarks/dto.ts";
import { getVideoWatermark, setVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.watermark",
    scope: "videos:read",
    summary: "Mark of a video",
    description:
      "For those who may edit it: the mark that is wished, and `applied`, which is false until the run that burns it in has ended.",
    params,
    response: videoWatermarkSchema,
  },
  ({ viewer, params: { videoId } }) => getVideoWatermark({ viewer, videoId }),
);

/** Stores the choice and starts a run that burns it in. */
export const PUT = route(
  {
    name: "videos.setWatermark",
    scope: "videos:write",
    summary: "Give a video a mark, or none",
    description: "Starts a run that burns it in; what plays now plays on until that run has ended.",
    errors: ["conflict", "unprocessable"],
    params,
    body: videoWatermarkChoiceSchema,
    response: videoWatermarkSchema,
  },
  ({ viewer, params: { videoId }, body: choice }) => setVideoWatermark({ viewer, videoId, choice }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
