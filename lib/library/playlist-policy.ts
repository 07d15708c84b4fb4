import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { findPlaylist, type PlaylistRow } from "#lib/db/queries/people/playlists.ts";
import { AppError } from "#lib/errors.ts";

/** Whether a playlist is the viewer's own: only they change it, and only they see a private one. */
export const ownsPlaylist = (viewer: Viewer, playlist: Pick<PlaylistRow, "ownerId">): boolean =>
  viewer !== null && viewer.id === playlist.ownerId;

/** The playlist when the viewer may see it by its address. Throws `not_found` for everything else. */
export const requireVisiblePlaylist = async (
  tx: DbOrTx,
  { viewer, playlistId }: { viewer: Viewer; playlistId: string },
): Promise<PlaylistRow> => {
  const playlist = await findPlaylist(tx, { playlistId });
  if (playlist === null || (playlist.visibility === "private" && !ownsPlaylist(viewer, playlist))) {
    throw new AppError("not_found");
  }
  return playlist;
};

/**
 * The caller's own playlist, locked: nobody else changes it or its order until the transaction ends. Throws
 * `unauthenticated` for nobody, `not_found` for what they may not see and `forbidden` for other people's.
 */
export const requireOwnPlaylist = async (
  tx: Tx,
  { viewer, playlistId }: { viewer: Viewer; playlistId: string },
): Promise<{ account: Account; playlist: PlaylistRow }> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const playlist = await requireVisiblePlaylist(tx, { viewer, playlistId });
  if (!ownsPlaylist(viewer, playlist)) throw new AppError("forbidden");
  const held = await findPlaylist(tx, { playlistId, lock: true });
  if (held === null) throw new AppError("not_found");
  return { account: viewer, playlist: held };
};
