import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { findVideo, hasRunningRun } from "#lib/db/queries/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { continueRun } from "#lib/processing/continue-run.ts";
import { startRun } from "#lib/processing/start-run.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

/**
 * Processes the kept original again: a failed video goes on from what its last run made where that is still there and the
 * file was not at fault; else a new run starts, beside what plays now. Throws
 * `conflict` while a run is going on and `unprocessable` when there is no original (yet); else like `editVideo`.
 */
export const reprocessVideo = ({
  viewer,
  videoId,
  locale,
}: {
  viewer: Viewer;
  videoId: string;
  locale?: Locale | undefined;
}): Promise<VideoDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
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
    const input = { videoId, sourceKey: video.originalKey };
    const continued = video.status === "failed" ? await continueRun(tx, input) : null;
    const { runId } = continued ?? (await startRun(tx, { ...input, reason }));
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.reprocess",
      targetType: "video",
      targetId: videoId,
      details: { runId, reason, continued: continued !== null },
    });
    const started = await findVideo(tx, { videoId });
    if (started === null) throw new AppError("not_found");
    return toVideoDto(tx, started, { viewer, locale });
  });
