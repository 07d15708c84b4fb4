import { restoreVideo } from "#lib/videos/delete-video.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "videos.restore",
    scope: "videos:write",
    summary: "Bring a deleted video back",
    description:
      "Within seven days of its deletion, with the visibility that it had; `gone` afterwards. What was being processed goes on where its files are still there, else starts over. One that is not deleted stays as it is.",
    errors: ["conflict", "gone"],
    params,
    response: videoSchema,
  },
  ({ viewer, params, locale }) => restoreVideo({ viewer, videoId: params.videoId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
