import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Tx } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findVideo } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** Which video is changed, and who asks. */
export type ChangeVideo = { viewer: Viewer; videoId: string; locale?: Locale | undefined };

/** Writes down who did what to a video. */
export const auditVideo = (
  tx: Tx,
  { viewer, videoId, action, details = {} }: ChangeVideo & { action: string; details?: Record<string, unknown> },
): Promise<void> =>
  recordAudit(tx, { actorId: viewer?.id ?? null, action, targetType: "video", targetId: videoId, details });

/** The video as it is after a change, for who asked for it. */
export const changedVideo = async (tx: Tx, { viewer, videoId, locale }: ChangeVideo): Promise<VideoDto> => {
  const video = await findVideo(tx, { videoId });
  if (video === null) throw new AppError("not_found");
  return toVideoDto(tx, video, { viewer, locale });
};
