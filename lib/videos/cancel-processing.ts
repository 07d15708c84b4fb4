import { transaction } from "#lib/db/client.ts";
import { markVideoFailed } from "#lib/db/queries/runs/runs.ts";
import { AppError } from "#lib/errors.ts";
import type { FailureCode } from "#lib/media/failures.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { auditVideo, type ChangeVideo, changedVideo } from "#lib/videos/change-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

const cancelled = "cancelled" satisfies FailureCode;

/**
 * Stops the processing of a video. One that is `ready` plays on from its earlier run; a fresh one becomes `failed` with
 * the code `cancelled`, and a retry within a day goes on from what was made. Throws `conflict` when nothing is being
 * processed; else like `editVideo`.
 */
export const cancelProcessing = (input: ChangeVideo): Promise<VideoDto> =>
  transaction(async (tx) => {
    const { videoId } = input;
    await requireEditableVideo(tx, input);
    const runIds = await cancelRuns(tx, { videoId, why: "stopped" });
    if (runIds.length === 0) {
      throw new AppError("conflict", {
        message: "This video is not being processed.",
        hint: "There is nothing to cancel.",
      });
    }
    const failed = await markVideoFailed(tx, { videoId, code: cancelled });
    await auditVideo(tx, { ...input, action: "video.cancel", details: { runIds } });
    await publishVideoEvent(tx, { videoId, event: failed ? "failed" : "changed" });
    return changedVideo(tx, input);
  });
