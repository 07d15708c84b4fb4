import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { deleteVideoRows, findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { log } from "#lib/log.ts";
import { wishesSchema } from "#lib/media/plan/wishes.ts";
import { purgeGraceSeconds } from "#lib/processing/reconcile-runs.ts";
import { objectStore } from "#lib/storage/index.ts";
import { videoPrefixes } from "#lib/storage/keys.ts";
import { releaseQuotaOfVideo } from "#lib/usage/reserve-quota.ts";
import { enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";

/** When a video deleted at `deletedAt` is removed for good. */
export const purgeDueAt = (deletedAt: Date): Date => new Date(deletedAt.getTime() + purgeGraceSeconds * 1000);

const isDue = (video: { deletedAt: Date | null } | null, now: Date) =>
  video !== null && video.deletedAt !== null && purgeDueAt(video.deletedAt) <= now;

/**
 * Removes a video for good, files first, rows after, as long as `mayGo` says so of it: asked before and again under its
 * lock. Repeating it is fine.
 */
export const eraseVideo = async ({
  videoId,
  signal,
  mayGo,
}: {
  videoId: string;
  signal: AbortSignal;
  mayGo: (video: VideoRow | null) => boolean;
}): Promise<boolean> => {
  const video = await findVideo(db(), { videoId });
  if (!mayGo(video)) return false;
  for (const prefix of videoPrefixes(videoId)) {
    signal.throwIfAborted();
    await objectStore().removePrefix(prefix);
  }
  await transaction(async (tx) => {
    if (!mayGo(await findVideo(tx, { videoId, lock: true }))) return;
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
  return true;
};

/**
 * Removes a deleted video for good: its files first, then its rows, so that a crash in between leaves rows that the next
 * try finds, never files that nobody knows. Does nothing for a video that was restored, is still in its grace time, or is
 * gone. Repeating it is fine.
 */
export const purgeVideo = async ({ videoId, signal }: { videoId: string; signal: AbortSignal }): Promise<void> => {
  if (await eraseVideo({ videoId, signal, mayGo: (video) => isDue(video, new Date()) })) return;
  log().info({ "event.action": "video.purge_skipped", videoId }, "nothing to purge");
};
