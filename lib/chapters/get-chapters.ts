import type { Viewer } from "#lib/accounts/viewer.ts";
import type { ChaptersDto } from "#lib/chapters/dto.ts";
import { type DbOrTx, db } from "#lib/db/client.ts";
import { chaptersOfVideos } from "#lib/db/queries/videos/chapters.ts";
import { heldChapters } from "#lib/media/captions/held-chapters.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

/** The chapters that hold for a video (`heldChapters`), as they are told. */
export const chaptersOf = async (
  tx: DbOrTx,
  video: { id: string; description: string; durationMs: number | null; noChapters: boolean },
): Promise<ChaptersDto> => ({
  ...heldChapters({ ...video, rows: await chaptersOfVideos(tx, [video.id]) }),
  nextCursor: null,
});

/** The chapters of a video. Throws `not_found` for a video that the viewer may not see. */
export const getChapters = async (input: { viewer: Viewer; videoId: string }): Promise<ChaptersDto> =>
  chaptersOf(db(), await requireVisibleVideo(db(), input));
