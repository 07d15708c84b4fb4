import type { Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import { type PlaylistRow, summariesOfPlaylists } from "#lib/db/queries/people/playlists.ts";
import { lookerOf } from "#lib/library/caller.ts";
import type { PlaylistDto } from "#lib/library/dto.ts";
import { ownsPlaylist } from "#lib/library/playlist-policy.ts";
import { shownVideos } from "#lib/library/shown-videos.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

const coverDto = ({ playback }: VideoDto): PlaylistDto["cover"] => {
  const { posterUrl, thumbnails, dominantColor } = playback;
  return { posterUrl, thumbnails, dominantColor };
};

/** Playlists as the viewer sees them, in the order given. `itemIds` tells which item of each holds a video. */
export const toPlaylistDtos = async (
  tx: DbOrTx,
  rows: readonly PlaylistRow[],
  { viewer, itemIds = new Map() }: { viewer: Viewer; itemIds?: ReadonlyMap<string, string> },
): Promise<PlaylistDto[]> => {
  const playlistIds = rows.map(({ id }) => id);
  const summaries = await summariesOfPlaylists(tx, { playlistIds, looker: lookerOf(viewer) });
  const byId = new Map(summaries.map((summary) => [summary.playlistId, summary]));
  const covers = await shownVideos(
    tx,
    summaries.flatMap(({ coverId }) => coverId ?? []),
    { viewer },
  );
  return rows.map((row) => {
    const summary = byId.get(row.id);
    const cover = covers.get(summary?.coverId ?? "");
    return {
      ...{ id: row.id, kind: row.kind, title: row.title, description: row.description, visibility: row.visibility },
      owner: { username: row.ownerUsername, displayName: row.ownerName },
      videos: summary?.videos ?? 0,
      cover: cover === undefined ? null : coverDto(cover),
      itemId: itemIds.get(row.id) ?? null,
      editable: ownsPlaylist(viewer, row),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
};
