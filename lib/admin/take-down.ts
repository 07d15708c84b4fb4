import type { Viewer } from "#lib/accounts/viewer.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { putBackVideo, takeDownVideo as takeDownRow } from "#lib/db/queries/videos/takedown.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** Which video an admin takes down or puts back. */
export type AdminVideo = { viewer: Viewer; videoId: string; locale?: Locale | undefined };

// Deleted ones too: for some days whoever deleted it can bring it back.
const requireVideo = async (tx: Tx, videoId: string): Promise<VideoRow> => {
  const video = await findVideo(tx, { videoId, lock: true });
  if (video === null) throw new AppError("not_found");
  return video;
};

const told = async (tx: Tx, { viewer, videoId, locale }: AdminVideo): Promise<VideoDto> => {
  const video = await findVideo(tx, { videoId });
  if (video === null) throw new AppError("not_found");
  await publishVideoEvent(tx, { videoId, event: video.deletedAt === null ? "changed" : "deleted" });
  return toVideoDto(tx, video, { viewer, locale });
};

/**
 * Takes a video down: from the commit on nothing of it is delivered, and only those who work on it, and admins, see that
 * it is there. Its files stay, and its uploader is told with the reason. Throws `unauthenticated`, `forbidden` for all but
 * admins, `not_found`, and `conflict` for one that is down already.
 */
export const takeDown = (input: AdminVideo & { reason: string }): Promise<VideoDto> =>
  transaction(async (tx) => {
    const { viewer, videoId, reason } = input;
    const actorId = requireAdmin(viewer);
    const video = await requireVideo(tx, videoId);
    if (!(await takeDownRow(tx, { videoId, reason }))) {
      throw new AppError("conflict", { message: "This video was taken down already." });
    }
    await recordAudit(tx, {
      ...{ actorId, action: "video.take_down", targetType: "video", targetId: videoId },
      before: { takenDown: false },
      after: { takenDown: true },
      details: { reason, title: video.title, ownerId: video.ownerId },
    });
    await recordVideoEvent(tx, { type: "video.taken_down", videoId, data: { reason } });
    return told(tx, input);
  });

/**
 * Puts a video back that was taken down, with the visibility that it has. Throws like `takeDown`, and `conflict` for one
 * that is not down.
 */
export const putBack = (input: AdminVideo): Promise<VideoDto> =>
  transaction(async (tx) => {
    const { viewer, videoId } = input;
    const actorId = requireAdmin(viewer);
    const video = await requireVideo(tx, videoId);
    if (!(await putBackVideo(tx, videoId))) {
      throw new AppError("conflict", { message: "This video is not taken down." });
    }
    await recordAudit(tx, {
      ...{ actorId, action: "video.put_back", targetType: "video", targetId: videoId },
      before: { takenDown: true },
      after: { takenDown: false },
      details: { title: video.title, ownerId: video.ownerId, takenDownFor: video.takedownReason },
    });
    await recordVideoEvent(tx, { type: "video.restored", videoId });
    return told(tx, input);
  });
