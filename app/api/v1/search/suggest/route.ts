import { suggestionListSchema, suggestQuerySchema } from "#lib/search/dto.ts";
import { searchesInDatabase } from "#lib/search/engines.ts";
import { suggest } from "#lib/search/suggest.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "search.suggest",
    scope: "videos:read",
    anonymous: true,
    shared: searchesInDatabase,
    summary: "Suggestions while typing",
    description:
      "What the beginning of a query may become: queries, videos and channels, in that order. Nothing is suggested that not everybody may find.",
    query: suggestQuerySchema,
    response: suggestionListSchema,
  },
  ({ query }) => suggest(query),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
