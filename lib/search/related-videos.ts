import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listFindableIds } from "#lib/db/queries/search/sources.ts";
import { findVideos } from "#lib/db/queries/videos/videos.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { withEngine } from "#lib/search/with-engine.ts";
import type { VideoPageDto } from "#lib/videos/dto.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

/**
 * What to watch after a video: public ones with the same words, then of its channel, then the newest. Throws `not_found` for a
 * video that the viewer may not see.
 */
export const relatedVideos = async (input: {
  viewer: Viewer;
  videoId: string;
  limit: number;
  locale?: Locale | undefined;
}): Promise<VideoPageDto> => {
  const { viewer, videoId, limit, locale } = input;
  const { channelId } = await requireVisibleVideo(db(), { viewer, videoId });
  const { answer: ids } = await withEngine((engine) => engine.related({ videoId, channelId, limit }));
  const [rows, findable] = await Promise.all([
    findVideos(db(), ids),
    listFindableIds(db(), { after: null, limit: ids.length, among: ids }),
  ]);
  const shown = rows.filter(({ id }) => findable.includes(id));
  return { items: await toVideoDtos(db(), shown, { viewer, locale }), nextCursor: null };
};
