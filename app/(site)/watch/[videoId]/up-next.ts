import { type NextVideo, nextVideo } from "#components/video/next-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { relatedTo } from "./watch-related.tsx";
import { watchedPlaylist } from "./watched-playlist.ts";

/**
 * What plays after a video. Never fails: the lists beside the video are read by the same look-ups, and it is they that tell
 * of a fault.
 */
export const upNext = async (
  video: Pick<VideoDto, "id" | "channel">,
  listId: string | string[] | undefined,
): Promise<NextVideo | null> => {
  const asked = Promise.all([watchedPlaylist(listId), relatedTo(video.id, video.channel.id)]);
  const [watched, related] = await asked.catch(() => [null, []] as const);
  const playlist = watched === null ? null : { id: watched.playlist.id, videos: watched.videos };
  return nextVideo({ videoId: video.id, playlist, related });
};
