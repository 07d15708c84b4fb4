import { videoWatermarkChoiceSchema, videoWatermarkSchema } from "#lib/watermarks/dto.ts";
import { getVideoWatermark, setVideoWatermark } from "#lib/watermarks/video-watermark.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  { name: "videos.watermark", params, response: videoWatermarkSchema },
  ({ viewer, params: { videoId } }) => getVideoWatermark({ viewer, videoId }),
);

/** Stores the choice and starts a run that burns it in. */
export const PUT = route(
  { name: "videos.setWatermark", params, body: videoWatermarkChoiceSchema, response: videoWatermarkSchema },
  ({ viewer, params: { videoId }, body: choice }) => setVideoWatermark({ viewer, videoId, choice }),
);

export const { POST, PATCH, DELETE, OPTIONS } = otherMethods("GET", "PUT");
