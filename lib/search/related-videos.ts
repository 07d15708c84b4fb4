import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, searchDb } from "#lib/db/client.ts";
import { findFindableVideos } from "#lib/db/queries/videos/videos.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { withEngine } from "#lib/search/with-engine.ts";
import type { VideoDto, VideoPageDto } from "#lib/videos/dto.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";
import { toVideoDtos } from "#lib/videos/to-video-dto.ts";

type Wanted = { viewer: Viewer; limit: number; locale?: Locale | undefined };

/**
 * Public videos like one that the viewer has open: with the same words, then of its channel, then the newest. Tells nothing of
 * that one, so it asks nothing about it.
 */
export const videosLike = async (input: Wanted & { videoId: string; channelId: string }): Promise<VideoDto[]> => {
  const { viewer, videoId, channelId, limit, locale } = input;
  const { answer: ids } = await withEngine((engine) => engine.related({ videoId, channelId, limit }));
  const shown = await findFindableVideos(searchDb(), ids);
  return toVideoDtos(searchDb(), shown, { viewer, locale });
};

/** What to watch after a video; see `videosLike`. Throws `not_found` for a video that the viewer may not see. */
export const relatedVideos = async (input: Wanted & { videoId: string }): Promise<VideoPageDto> => {
  const { channelId } = await requireVisibleVideo(db(), { viewer: input.viewer, videoId: input.videoId });
  return { items: await videosLike({ ...input, channelId }), nextCursor: null };
};
