import { newPlaylistSchema, playlistPageSchema, playlistQuerySchema, playlistSchema } from "#lib/library/dto.ts";
import { createPlaylist, listOwnPlaylists } from "#lib/library/playlists.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.playlists.list",
    scope: "library:read",
    summary: "Your playlists",
    description:
      "The newest first, without the list of what to watch later. With `video` each tells in `itemId` whether it holds that one.",
    query: playlistQuerySchema,
    response: playlistPageSchema,
  },
  ({ viewer, query }) => listOwnPlaylists({ viewer, query }),
);

export const POST = route(
  {
    name: "me.playlists.create",
    scope: "library:write",
    summary: "Make a playlist",
    description: "`conflict` beyond 500.",
    errors: ["address_unconfirmed", "conflict"],
    body: newPlaylistSchema,
    response: playlistSchema,
    status: 201,
  },
  ({ viewer, body }) => createPlaylist({ viewer, playlist: body }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
