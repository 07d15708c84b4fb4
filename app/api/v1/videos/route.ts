import { videoPageSchema } from "#lib/videos/dto.ts";
import { listVideos, videoQuerySchema } from "#lib/videos/list-videos.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.list",
    scope: "videos:read",
    anonymous: true,
    shared: true,
    summary: "Videos, page by page",
    description:
      "What is public and ready, for everybody; with `mine` all of your own, whatever their state and visibility. `channel` and `q` narrow it down. Pages as all lists.",
    query: videoQuerySchema,
    response: videoPageSchema,
  },
  ({ viewer, query, locale }) => listVideos({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
