import { libraryQuerySchema, playlistPageSchema } from "#lib/library/dto.ts";
import { listChannelPlaylists } from "#lib/library/playlists.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { channelParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "channels.playlists",
    scope: "channels:read",
    anonymous: true,
    shared: true,
    summary: "Public playlists of whoever stands behind a channel",
    description: "The newest first; only of the channel that came with the account, and only public ones.",
    params,
    query: libraryQuerySchema,
    response: playlistPageSchema,
  },
  ({ viewer, params, query }) => listChannelPlaylists({ viewer, handle: params.handle, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
