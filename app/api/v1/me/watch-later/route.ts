import { libraryQuerySchema, watchLaterPageSchema } from "#lib/library/dto.ts";
import { listWatchLater } from "#lib/library/playlist-items.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.watch_later.list",
    scope: "library:read",
    summary: "What you watch later",
    description:
      "The latest first, or as you put them: it is a playlist, and `playlistId` names it for moving its items.",
    query: libraryQuerySchema,
    response: watchLaterPageSchema,
  },
  ({ viewer, query, locale }) => listWatchLater({ viewer, query, locale }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
