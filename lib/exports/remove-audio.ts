import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { removeJob } from "#lib/db/queries/runs/jobs.ts";
import { deleteAudioExport, findAudioExport } from "#lib/db/queries/videos/audio-exports.ts";
import { AppError } from "#lib/errors.ts";
import { exportJobKey } from "#lib/exports/request-audio.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { exportPrefix } from "#lib/storage/keys.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import { enqueueFileSweep } from "#lib/videos/queue-file-sweep.ts";

/**
 * Cancels a sound file that is being made, or removes one that is there. Throws like `requireEditableVideo`, and
 * `not_found` for an export that is not this video's.
 */
export const removeAudio = async ({
  viewer,
  videoId,
  exportId,
}: {
  viewer: Viewer;
  videoId: string;
  exportId: string;
}): Promise<void> => {
  await transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    const row = await findAudioExport(tx, exportId);
    if (row === null || row.videoId !== videoId) throw new AppError("not_found");
    await removeJob(tx, exportJobKey(exportId));
    await deleteAudioExport(tx, row);
    await enqueueFileSweep(tx, videoId);
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.audio_removed",
      targetType: "video",
      targetId: videoId,
      details: { exportId },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
  });
  await objectStore().removePrefix(exportPrefix({ videoId, exportId }));
};
