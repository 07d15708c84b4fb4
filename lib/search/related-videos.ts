import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, searchDb } from "#lib/db/client.ts";
import { findFindableVideos, type VideoList } from "#lib/db/queries/videos/video-lists.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { forgetRelatedIds, type RelatedTo, relatedIds } from "#lib/search/related-ids.ts";
import type { VideoDto, VideoPageDto } from "#lib/videos/dto.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

type Wanted = { viewer: Viewer; limit: number; locale?: Locale | undefined };

/** What was hidden since the ids were found leaves a gap, which another video fills. */
const shownLike = async (to: RelatedTo): Promise<VideoList> => {
  const { ids, remembered } = await relatedIds(to);
  const shown = await findFindableVideos(searchDb(), ids);
  if (shown.rows.length === ids.length || !remembered) return shown;
  forgetRelatedIds(to);
  return findFindableVideos(searchDb(), (await relatedIds(to)).ids);
};

/**
 * Public videos like one that the viewer has open: with the same words, then of its channel, then the newest. Tells nothing of
 * that one, so it asks nothing about it.
 */
export const videosLike = async (input: Wanted & { videoId: string; channelId: string }): Promise<VideoDto[]> => {
  const { viewer, videoId, channelId, limit, locale } = input;
  const { rows, parts } = await shownLike({ videoId, channelId, limit });
  return toVideoDtos(searchDb(), rows, { viewer, locale, parts });
};

/** What to watch after a video; see `videosLike`. Throws `not_found` for a video that the viewer may not see. */
export const relatedVideos = async (input: Wanted & { videoId: string }): Promise<VideoPageDto> => {
  const { channelId } = await requireVisibleVideo(db(), { viewer: input.viewer, videoId: input.videoId });
  return { items: await videosLike({ ...input, channelId }), nextCursor: null };
};
