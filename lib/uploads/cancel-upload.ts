import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { deleteUploadAndVideo, lockUpload } from "#lib/db/queries/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { removeUploadFile } from "#lib/uploads/upload-area.ts";
import { releaseQuota } from "#lib/usage/reserve-quota.ts";

/** Which upload ends and why: its owner said so, or nobody sent a byte for too long. */
export type CancelUpload = { uploadId: string; reason?: "terminated" | "expired"; expiredBefore?: Date };

/**
 * Ends an unfinished upload for good: its row, its bytes, and the video that never got a file. The caller has checked
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
    await deleteUploadAndVideo(tx, { uploadId, videoId });
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
