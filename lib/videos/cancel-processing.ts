import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { markVideoFailed } from "#lib/db/queries/runs.ts";
import { findVideo } from "#lib/db/queries/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { FailureCode } from "#lib/media/failures.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";
import { toVideoDto } from "#lib/videos/to-video-dto.ts";

const cancelled = "cancelled" satisfies FailureCode;

/**
 * Stops the processing of a video. One that is `ready` plays on from its earlier run; a fresh one becomes `failed` with
 * the code `cancelled`, and a retry within a day goes on from what was made. Throws `conflict` when nothing is being
 * processed; else like `editVideo`.
 */
export const cancelProcessing = ({
  viewer,
  videoId,
  locale,
}: {
  viewer: Viewer;
  videoId: string;
  locale?: Locale | undefined;
}): Promise<VideoDto> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    const runIds = await cancelRuns(tx, { videoId, why: "stopped" });
    if (runIds.length === 0) {
      throw new AppError("conflict", {
        message: "This video is not being processed.",
        hint: "There is nothing to cancel.",
      });
    }
    const failed = await markVideoFailed(tx, { videoId, code: cancelled });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.cancel",
      targetType: "video",
      targetId: videoId,
      details: { runIds },
    });
    await publishVideoEvent(tx, { videoId, event: failed ? "failed" : "changed" });
    const stopped = await findVideo(tx, { videoId });
    if (stopped === null) throw new AppError("not_found");
    return toVideoDto(tx, stopped, { viewer, locale });
  });
