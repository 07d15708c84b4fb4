import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { removeJob } from "#lib/db/queries/jobs.ts";
import { findVideo, updateVideo, type VideoRow } from "#lib/db/queries/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { startRun } from "#lib/processing/start-run.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { mayEdit, requireEditableVideo } from "#lib/videos/policy.ts";
import { purgeDueAt } from "#lib/videos/purge-video.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/** Which video, and who asks. */
export type DeleteVideo = { viewer: Viewer; videoId: string; locale?: Locale | undefined };

const purgeKey = (videoId: string) => `purge:${videoId}`;

const audit = (tx: Tx, { viewer, videoId, action }: DeleteVideo & { action: string }) =>
  recordAudit(tx, { actorId: viewer?.id ?? null, action, targetType: "video", targetId: videoId, details: {} });

/**
 * Takes a video away at once: its run is cancelled, its playback addresses end, and after the grace time everything of it
 * is removed. Until then `restoreVideo` brings it back. Throws like `editVideo`.
 */
export const deleteVideo = ({ viewer, videoId }: DeleteVideo): Promise<void> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    const deletedAt = new Date();
    await cancelRuns(tx, { videoId });
    await updateVideo(tx, { videoId, changes: { deletedAt, playbackVersion: video.playbackVersion + 1 } });
    await enqueue(tx, "videos/purge", { videoId }, { key: purgeKey(videoId), runAt: purgeDueAt(deletedAt) });
    await audit(tx, { viewer, videoId, action: "video.delete" });
    await publishVideoEvent(tx, { videoId, event: "deleted" });
  });

const requireRestorable = async (tx: Tx, { viewer, videoId }: DeleteVideo): Promise<VideoRow> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const video = await findVideo(tx, { videoId, lock: true });
  if (video === null || !mayEdit(viewer, video)) throw new AppError("not_found");
  if (video.deletedAt !== null && purgeDueAt(video.deletedAt) <= new Date()) throw new AppError("gone");
  return video;
};

/**
 * Brings a deleted video back within the grace time; one that is not deleted stays as it is. What was being processed
 * starts over. Throws `unauthenticated`, `not_found` for what the viewer may not edit, `gone` after the grace time.
 */
export const restoreVideo = ({ viewer, videoId, locale }: DeleteVideo): Promise<VideoDto> =>
  transaction(async (tx) => {
    const video = await requireRestorable(tx, { viewer, videoId });
    if (video.deletedAt === null) return toVideoDto(tx, video, { viewer, locale });
    await updateVideo(tx, { videoId, changes: { deletedAt: null } });
    await removeJob(tx, purgeKey(videoId));
    if (video.status === "processing" && video.originalKey !== null) {
      await startRun(tx, { videoId, sourceKey: video.originalKey, reason: "retry" });
    }
    await audit(tx, { viewer, videoId, action: "video.restore" });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    const restored = await findVideo(tx, { videoId });
    if (restored === null) throw new AppError("not_found");
    return toVideoDto(tx, restored, { viewer, locale });
  });
