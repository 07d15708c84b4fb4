import {
  libraryQuerySchema,
  newPlaylistItemSchema,
  placedItemSchema,
  playlistItemPageSchema,
} from "#lib/library/dto.ts";
import { addPlaylistItem, listPlaylistItems } from "#lib/library/playlist-items.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { playlistParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "playlist_items.list",
    scope: "library:read",
    anonymous: true,
    shared: true,
    summary: "Videos of a playlist",
    description: "In its order. What the caller may not see is left out; the owner sees its place, with `video` null.",
    params,
    query: libraryQuerySchema,
    response: playlistItemPageSchema,
  },
  ({ viewer, params, query, locale }) => listPlaylistItems({ viewer, playlistId: params.playlistId, query, locale }),
);

export const POST = route(
  {
    name: "playlist_items.add",
    scope: "library:write",
    summary: "Put a video at the end of a playlist",
    description: "For its owner; a video that is in it stays where it is. `conflict` when it is full (500).",
    errors: ["conflict"],
    params,
    body: newPlaylistItemSchema,
    response: placedItemSchema,
    status: 201,
  },
  ({ viewer, params, body }) => addPlaylistItem({ viewer, playlistId: params.playlistId, videoId: body.videoId }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
