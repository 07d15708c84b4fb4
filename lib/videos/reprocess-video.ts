import { transaction } from "#lib/db/client.ts";
import { hasRunningRun } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { continueRun } from "#lib/processing/continue-run.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { auditVideo, type ChangeVideo, changedVideo } from "#lib/videos/change-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

/**
 * Processes the kept original again: a failed video goes on from what its last run made where that is still there and the
 * file was not at fault; else a new run starts, beside what plays now. Throws
 * `conflict` while a run is going on and `unprocessable` when there is no original (yet); else like `editVideo`.
 */
export const reprocessVideo = (input: ChangeVideo): Promise<VideoDto> =>
  transaction(async (tx) => {
    const { videoId } = input;
    const video = await requireEditableVideo(tx, input);
    if (await hasRunningRun(tx, videoId)) {
      throw new AppError("conflict", {
        message: "This video is being processed already.",
        hint: "Wait until it ends.",
      });
    }
    if (video.originalKey === null) {
      throw new AppError("unprocessable", {
        message: "This video has no original to process.",
        hint: "Finish its upload, or upload it again.",
      });
    }
    const reason = video.status === "failed" ? "retry" : "reprocess";
    const source = { videoId, sourceKey: video.originalKey };
    const continued = video.status === "failed" ? await continueRun(tx, source) : null;
    const { runId } = continued ?? (await startRun(tx, { ...source, reason }));
    await auditVideo(tx, {
      ...{ ...input, action: "video.reprocess" },
      details: { runId, reason, continued: continued !== null },
    });
    return changedVideo(tx, input);
  });
