import { getLocale } from "next-intl/server";
import { cache } from "react";
import { idSchema } from "#lib/ids.ts";
import type { PlaylistDto } from "#lib/library/dto.ts";
import { listPlaylistItems, mostItems } from "#lib/library/playlist-items.ts";
import { getPlaylist } from "#lib/library/playlists.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { currentViewer } from "#lib/web/identity/current-viewer.ts";
import { ifReachable } from "./if-reachable.ts";

const pageSize = 100;

/** A playlist with all of it that the asker may see, in its order. */
export type WatchedPlaylist = { playlist: PlaylistDto; videos: VideoDto[] };

const videosOf = async (playlistId: string): Promise<VideoDto[]> => {
  const [viewer, language] = await Promise.all([currentViewer(), getLocale()]);
  const locale = language === "uk" ? ("uk" as const) : ("en" as const);
  const videos: VideoDto[] = [];
  for (let cursor: string | undefined; videos.length < mostItems; ) {
    const page = await listPlaylistItems({ viewer, playlistId, query: { limit: pageSize, cursor }, locale });
    videos.push(...page.items.flatMap(({ video }) => video ?? []));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return videos;
};

const read = cache(async (playlistId: string): Promise<WatchedPlaylist | null> => {
  const playlist = await ifReachable(currentViewer().then((viewer) => getPlaylist({ viewer, playlistId })));
  return playlist === null ? null : { playlist, videos: await videosOf(playlist.id) };
});

/** The playlist of `?list=`; null without one, and for one that is closed to the asker. Looked up once per render. */
export const watchedPlaylist = async (listId: string | string[] | undefined): Promise<WatchedPlaylist | null> => {
  const id = idSchema.safeParse(listId);
  return id.success ? read(id.data) : null;
};
