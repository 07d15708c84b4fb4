import { relatedQuerySchema } from "#lib/search/dto.ts";
import { searchesInDatabase } from "#lib/search/engines.ts";
import { relatedVideos } from "#lib/search/related-videos.ts";
import { videoPageSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "videos.related",
    scope: "videos:read",
    anonymous: true,
    shared: searchesInDatabase,
    summary: "What to watch after a video",
    description:
      "Public videos that are about the same, then others of its channel, then the newest; one page. `not_found` for a video that you may not see.",
    params,
    query: relatedQuerySchema,
    response: videoPageSchema,
  },
  ({ viewer, params, query, locale }) => relatedVideos({ viewer, videoId: params.videoId, ...query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
