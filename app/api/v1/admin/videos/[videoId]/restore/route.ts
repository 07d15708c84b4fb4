import { putBack } from "#lib/admin/take-down.ts";
import { videoSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "admin.videos.restore",
    scope: "admin:write",
    summary: "Put back a video that was taken down",
    description: "It is there again with the visibility that it has, and its owner is told.",
    errors: ["forbidden", "conflict"],
    params,
    response: videoSchema,
  },
  ({ viewer, params: { videoId }, locale }) => putBack({ viewer, videoId, locale }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
