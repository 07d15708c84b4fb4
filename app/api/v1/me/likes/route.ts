import { libraryQuerySchema } from "#lib/library/dto.ts";
import { listLiked } from "#lib/library/likes.ts";
import { videoPageSchema } from "#lib/videos/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.likes",
    scope: "library:read",
    summary: "Videos that you like",
    description: "The latest like first; what you may no longer see is left out.",
    query: libraryQuerySchema,
    response: videoPageSchema,
  },
  ({ viewer, query, locale }) => listLiked({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
