import type { DbOrTx } from "#lib/db/client.ts";
import { type CaptionRow, captionsOfVideos } from "#lib/db/queries/videos/captions.ts";
import { chaptersOfVideos } from "#lib/db/queries/videos/chapters.ts";
import type { Chapter } from "#lib/media/captions/chapter-list.ts";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";

/** What of a video's words goes with its playback. */
export type VideoTexts = { captions: readonly CaptionRow[]; chapters: readonly Chapter[] };

type Described = { id: string; description: string; durationMs: number | null; noChapters: boolean };

/**
 * Captions and chapters of several videos by their ids, in two queries whatever their number. Tracks that have no words yet
 * are left out; which chapters hold is told by `heldChapters`.
 */
export const textsOfVideos = async (tx: DbOrTx, videos: readonly Described[]): Promise<Map<string, VideoTexts>> => {
  const ids = videos.map(({ id }) => id);
  const [captions, chapters] = await Promise.all([captionsOfVideos(tx, ids), chaptersOfVideos(tx, ids)]);
  const captionsOf = Map.groupBy(captions, (row) => row.videoId);
  const chaptersOf = Map.groupBy(chapters, (row) => row.videoId);
  return new Map(
    videos.map((video) => [
      video.id,
      {
        captions: (captionsOf.get(video.id) ?? []).filter(({ cueCount }) => cueCount > 0),
        chapters: heldChapters({ ...video, rows: chaptersOf.get(video.id) ?? [] }).items,
      },
    ]),
  );
};
