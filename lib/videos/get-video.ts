import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findVideo } from "#lib/db/queries/videos/videos.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { mayEdit, maySee, requireVisibleVideo } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** One video and who asks for it. */
export type GetVideo = { viewer: Viewer; videoId: string; locale?: Locale | undefined };

/** The video. Throws `not_found` for what there is not, is deleted, or the viewer may not see. */
export const getVideo = async ({ viewer, videoId, locale }: GetVideo): Promise<VideoDto> =>
  toVideoDto(db(), await requireVisibleVideo(db(), { viewer, videoId }), { viewer, locale });

/**
 * The video as an event about it tells it: null when the viewer may not see it (any more). One that was deleted is still
 * there for those who may edit it, so that their tables learn of it.
 */
export const getVideoForEvent = async ({ viewer, videoId, locale }: GetVideo): Promise<VideoDto | null> => {
  const video = await findVideo(db(), { videoId });
  if (video === null) return null;
  if (!maySee(viewer, video) && !(video.deletedAt !== null && mayEdit(viewer, video))) return null;
  return toVideoDto(db(), video, { viewer, locale });
};
