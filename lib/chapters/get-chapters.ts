import type { Viewer } from "#lib/accounts/viewer.ts";
import type { ChaptersDto } from "#lib/chapters/dto.ts";
import { type DbOrTx, db } from "#lib/db/client.ts";
import { chaptersOfVideos } from "#lib/db/queries/videos/chapters.ts";
import { chaptersOfDescription } from "#lib/media/captions/chapter-lines.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

/** The chapters that hold for a video: the editor's, else the file's, else the description's. */
export const chaptersOf = async (
  tx: DbOrTx,
  video: { id: string; description: string; durationMs: number | null },
): Promise<ChaptersDto> => {
  const rows = await chaptersOfVideos(tx, [video.id]);
  const listed = rows.length > 0 ? [] : chaptersOfDescription(video);
  return {
    items: rows.length > 0 ? rows.map(({ startMs, title }) => ({ startMs, title })) : listed,
    origin: rows[0]?.origin ?? (listed.length > 0 ? "description" : null),
    nextCursor: null,
  };
};

/** The chapters of a video. Throws `not_found` for a video that the viewer may not see. */
export const getChapters = async (input: { viewer: Viewer; videoId: string }): Promise<ChaptersDto> =>
  chaptersOf(db(), await requireVisibleVideo(db(), input));
