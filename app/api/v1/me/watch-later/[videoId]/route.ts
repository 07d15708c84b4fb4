import { placedItemSchema, savedSchema } from "#lib/library/dto.ts";
import { isWatchedLater, notWatchLater, watchLater } from "#lib/library/playlist-items.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { videoParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.watch_later.get",
    scope: "library:read",
    summary: "Whether you watch a video later",
    description: "Of any video, also one that is no longer available.",
    params,
    response: savedSchema,
  },
  ({ viewer, params }) => isWatchedLater({ viewer, videoId: params.videoId }),
);

export const PUT = route(
  {
    name: "me.watch_later.put",
    scope: "library:write",
    summary: "Put a video on top of what you watch later",
    description: "Repeating it changes nothing. `conflict` when the list is full (500).",
    errors: ["conflict"],
    params,
    response: placedItemSchema,
  },
  ({ viewer, params }) => watchLater({ viewer, videoId: params.videoId }),
);

export const DELETE = route(
  {
    name: "me.watch_later.delete",
    scope: "library:write",
    summary: "Take a video off what you watch later",
    description: "Also one that is no longer available. Repeating it changes nothing.",
    params,
  },
  ({ viewer, params }) => notWatchLater({ viewer, videoId: params.videoId }),
);

export const { POST, PATCH, OPTIONS } = otherMethods("GET", "PUT", "DELETE");
