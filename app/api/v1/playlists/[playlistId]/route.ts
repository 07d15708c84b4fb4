import { playlistPatchSchema, playlistSchema } from "#lib/library/dto.ts";
import { editPlaylist, getPlaylist, removePlaylist } from "#lib/library/playlists.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { playlistParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "playlists.get",
    scope: "library:read",
    anonymous: true,
    shared: true,
    summary: "One playlist",
    description: "Public and unlisted ones are open to everybody who has the address, private ones to their owner.",
    params,
    response: playlistSchema,
  },
  ({ viewer, params }) => getPlaylist({ viewer, playlistId: params.playlistId }),
);

export const PATCH = route(
  {
    name: "playlists.edit",
    scope: "library:write",
    summary: "Change a playlist",
    description: "For its owner. `conflict` for the list of what to watch later, which stays as it is.",
    errors: ["address_unconfirmed", "conflict"],
    params,
    body: playlistPatchSchema,
    response: playlistSchema,
  },
  ({ viewer, params, body }) => editPlaylist({ viewer, playlistId: params.playlistId, patch: body }),
);

export const DELETE = route(
  {
    name: "playlists.delete",
    scope: "library:write",
    summary: "Delete a playlist",
    description:
      "For its owner and for good; its videos stay where they are. `conflict` for the list of what to watch later.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, params }) => removePlaylist({ viewer, playlistId: params.playlistId }),
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
