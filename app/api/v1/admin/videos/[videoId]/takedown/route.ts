import { takedownSchema } from "#lib/admin/dto.ts";
import { takeDown } from "#lib/admin/take-down.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "admin.videos.takedown",
    scope: "admin:write",
    summary: "Take a video down",
    description:
      "Nothing of it is delivered from then on, and only those who work on it and admins see that it is there, with the reason. Its owner is told, may delete it and cannot publish it. Its files are kept.",
    errors: ["forbidden", "conflict"],
    params,
    body: takedownSchema,
    response: videoSchema,
  },
  ({ viewer, params: { videoId }, body: { reason }, locale }) => takeDown({ viewer, videoId, reason, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
