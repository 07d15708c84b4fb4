import { itemMoveSchema } from "#lib/library/dto.ts";
import { movePlaylistItem, removePlaylistItem } from "#lib/library/playlist-items.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { playlistItemParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const PATCH = route(
  {
    name: "playlist_items.move",
    scope: "library:write",
    summary: "Move a video within a playlist",
    description:
      "For its owner: behind the item of `afterId`, or first with null. `conflict` when that item is no longer there.",
    errors: ["conflict"],
    params,
    body: itemMoveSchema,
  },
  ({ viewer, params, body }) => movePlaylistItem({ viewer, ...params, afterId: body.afterId }),
);

export const DELETE = route(
  {
    name: "playlist_items.delete",
    scope: "library:write",
    summary: "Take a video out of a playlist",
    description: "For its owner, also a video that is no longer available.",
    params,
  },
  ({ viewer, params }) => removePlaylistItem({ viewer, ...params }),
);

export const { GET, POST, PUT, OPTIONS } = otherMethods("PATCH", "DELETE");
