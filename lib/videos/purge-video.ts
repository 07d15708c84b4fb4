import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { deleteVideoRows, findVideo } from "#lib/db/queries/videos.ts";
import { log } from "#lib/log.ts";
import { wishesSchema } from "#lib/media/plan/wishes.ts";
import { purgeGraceSeconds } from "#lib/processing/reconcile-runs.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalsPrefix, videoExportsPrefix, videoRunsPrefix } from "#lib/storage/keys.ts";
import { releaseQuotaOfVideo } from "#lib/usage/reserve-quota.ts";
import { enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";

/** When a video deleted at `deletedAt` is removed for good. */
export const purgeDueAt = (deletedAt: Date): Date => new Date(deletedAt.getTime() + purgeGraceSeconds * 1000);

const isDue = (video: { deletedAt: Date | null } | null, now: Date) =>
  video !== null && video.deletedAt !== null && purgeDueAt(video.deletedAt) <= now;

/**
 * Removes a deleted video for good: its files first, then its rows, so that a crash in between leaves rows that the next
 * try finds, never files that nobody knows. Does nothing for a video that was restored, is still in its grace time, or is
 * gone. Repeating it is fine.
 */
export const purgeVideo = async ({ videoId, signal }: { videoId: string; signal: AbortSignal }): Promise<void> => {
  const video = await findVideo(db(), { videoId });
  if (!isDue(video, new Date())) {
    log().info({ "event.action": "video.purge_skipped", videoId }, "nothing to purge");
    return;
  }
  for (const prefix of [videoRunsPrefix(videoId), videoExportsPrefix(videoId), originalsPrefix(videoId)]) {
    signal.throwIfAborted();
    await objectStore().removePrefix(prefix);
  }
  await transaction(async (tx) => {
    if (!isDue(await findVideo(tx, { videoId, lock: true }), new Date())) return;
    await releaseQuotaOfVideo(tx, videoId);
    await deleteVideoRows(tx, videoId);
    const mark = wishesSchema.parse(video?.wishes ?? {}).watermark;
    if (mark !== null) await enqueueUnusedRemoval(tx, mark.watermarkId);
    await recordAudit(tx, {
      actorId: null,
      action: "video.purge",
      targetType: "video",
      targetId: videoId,
      details: { title: video?.title },
    });
  });
};
