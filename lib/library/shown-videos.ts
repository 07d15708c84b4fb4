import type { Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import { findVideos } from "#lib/db/queries/videos/video-lists.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { maySee } from "#lib/videos/policy.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

/**
 * Those of several videos that the viewer may see, by id. Lists filter in SQL; this asks the policy once more, so that what
 * was hidden between two statements is not told either.
 */
export const shownVideos = async (
  tx: DbOrTx,
  videoIds: readonly string[],
  { viewer, locale }: { viewer: Viewer; locale?: Locale | undefined },
): Promise<Map<string, VideoDto>> => {
  const { rows, parts } = await findVideos(tx, videoIds);
  const shown = rows.filter((row) => maySee(viewer, row));
  return new Map((await toVideoDtos(tx, shown, { viewer, locale, parts })).map((video) => [video.id, video]));
};
