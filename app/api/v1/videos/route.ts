import { videoPageSchema } from "#lib/videos/dto.ts";
import { listVideos, videoQuerySchema } from "#lib/videos/list-videos.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.list",
    scope: "videos:read",
    anonymous: true,
    summary: "Videos, page by page",
    description: "What is public and ready; with `mine` all of your own, whatever their state.",
    query: videoQuerySchema,
    response: videoPageSchema,
  },
  ({ viewer, query, locale }) => listVideos({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
