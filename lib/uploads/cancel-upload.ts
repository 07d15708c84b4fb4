import { type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { deleteUpload, dropFilelessVideo, lockUpload } from "#lib/db/queries/uploads/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { purgeGraceSeconds } from "#lib/processing/reconcile-runs.ts";
import { removeUploadFile } from "#lib/uploads/upload-area.ts";
import { releaseQuota } from "#lib/usage/reserve-quota.ts";

/** Which upload ends and why: its owner said so, or nobody sent a byte for too long. */
export type CancelUpload = { uploadId: string; reason?: "terminated" | "expired"; expiredBefore?: Date };

/** There is nothing to bring back, so its grace time is over: the purge takes its pictures and texts, then its rows. */
const dropVideo = async (tx: Tx, videoId: string): Promise<void> => {
  const deletedAt = new Date(Date.now() - purgeGraceSeconds * 1000);
  if ((await dropFilelessVideo(tx, { videoId, deletedAt })) !== "marked") return;
  await enqueue(tx, "videos/purge", { videoId }, { key: `purge:${videoId}`, priority: 10 });
};

/**
 * Ends an unfinished upload for good: its row, its bytes, and the video that never got a file, with whatever was sent
 * for that already. The caller has checked
 * the rights. Throws `not_found`, and `conflict` when every byte has come: then the video is what can be deleted. With
 * `expiredBefore` an upload that came back to life meanwhile is left alone.
 */
export const cancelUpload = async ({ uploadId, reason = "terminated", expiredBefore }: CancelUpload): Promise<void> => {
  const ended = await transaction(async (tx) => {
    const upload = await lockUpload(tx, uploadId);
    if (upload === null) throw new AppError("not_found");
    if (expiredBefore !== undefined && upload.expiresAt.getTime() >= expiredBefore.getTime()) return false;
    if (upload.state !== "receiving") {
      throw new AppError("conflict", { message: "This upload has ended.", hint: "Delete its video instead." });
    }
    const { videoId } = upload;
    // Before the rows go, because listeners are told whose video it was.
    await publishVideoEvent(tx, { videoId, event: upload.replaces ? "changed" : "deleted" });
    await deleteUpload(tx, uploadId);
    await dropVideo(tx, videoId);
    await recordAudit(tx, {
      actorId: reason === "terminated" ? upload.ownerId : null,
      action: `upload.${reason}`,
      targetType: "upload",
      targetId: uploadId,
      details: { videoId, sizeBytes: upload.sizeBytes, offsetBytes: upload.offsetBytes },
    });
    await releaseQuota(tx, uploadId);
    return true;
  });
  // A crash before this line leaves a file without a row, which the janitor removes.
  if (ended) await removeUploadFile(uploadId);
};
