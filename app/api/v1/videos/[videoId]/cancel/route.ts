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
    description:
      "A video that was ready plays on as before; a new one becomes `failed` with the code `cancelled`, and a retry within a day goes on from what was made. Those who look at it are told live. `conflict` when nothing is being processed.",
    errors: ["conflict"],
    params,
    response: videoSchema,
  },
  ({ viewer, params, locale }) => cancelProcessing({ viewer, videoId: params.videoId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
