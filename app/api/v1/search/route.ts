import { searchQuerySchema, searchResultSchema } from "#lib/search/dto.ts";
import { searchesInDatabase } from "#lib/search/engines.ts";
import { searchVideos } from "#lib/search/search-videos.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "search.videos",
    scope: "videos:read",
    anonymous: true,
    shared: searchesInDatabase,
    summary: "Search for videos",
    description:
      "Public videos by words of titles, descriptions, tags, chapters and channels, and by what is said in them: all words first, then most of them, in any form, with a typo forgiven. Marks are ranges of plain text. Without `q` the filters alone decide. Facets count what was found; beyond some hundreds they and `total` are about so many.",
    query: searchQuerySchema,
    response: searchResultSchema,
  },
  ({ viewer, query, locale }) => searchVideos({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
