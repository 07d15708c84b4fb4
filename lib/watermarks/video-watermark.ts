import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { getRunningRun } from "#lib/db/queries/runs/runs.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { storeWishes, wishesOfRun } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import { type WatermarkWish, wishesSchema } from "#lib/media/plan/wishes.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { cancelRuns, dropBrokenRuns } from "#lib/processing/cancel-runs.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { mayEdit, requireEditableVideo, requireVisibleVideo } from "#lib/videos/policy.ts";
import { remarkPoster } from "#lib/videos/remark-poster.ts";
import { enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";
import type { VideoWatermarkChoice, VideoWatermarkDto } from "#lib/watermarks/dto.ts";
import { groundUrl } from "#lib/watermarks/serve-ground.ts";
import { watermarkImageUrl } from "#lib/watermarks/to-watermark-dto.ts";
import { sameWish, wishOfChoice } from "#lib/watermarks/wish-of-video.ts";

type Asked = { viewer: Viewer; videoId: string };

const markOf = (wishes: unknown): WatermarkWish | null => wishesSchema.parse(wishes ?? {}).watermark;

const toDto = (
  video: Pick<VideoRow, "id" | "posterKey">,
  { wished, applied }: { wished: WatermarkWish | null; applied: boolean },
): VideoWatermarkDto => ({
  applied,
  groundUrl: groundUrl(video),
  watermark:
    wished === null
      ? null
      : {
          watermarkId: wished.watermarkId,
          design: wished.design,
          image: { url: watermarkImageUrl(wished), width: wished.imageWidth, height: wished.imageHeight },
        },
});

const isApplied = async (
  tx: Parameters<typeof wishesOfRun>[0],
  input: { video: VideoRow; wished: WatermarkWish | null },
): Promise<boolean> => {
  const { currentRunId } = input.video;
  return currentRunId !== null && sameWish(markOf(await wishesOfRun(tx, currentRunId)), input.wished);
};

/**
 * The mark of a video, for those who may edit it. Throws `unauthenticated`, `not_found` for what the viewer may not see,
 * `forbidden` for what they only may watch.
 */
export const getVideoWatermark = async ({ viewer, videoId }: Asked): Promise<VideoWatermarkDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const video = await requireVisibleVideo(db(), { viewer, videoId });
  if (!mayEdit(viewer, video)) throw new AppError("forbidden");
  const wished = markOf(video.wishes);
  return toDto(video, { wished, applied: await isApplied(db(), { video, wished }) });
};

/**
 * Makes room for a run with the new wish: nothing is lost by ending a run of which nothing is published; one that replaces
 * what plays is let end, since its own wish was asked for too.
 */
const makeRoom = async (tx: Tx, video: VideoRow): Promise<void> => {
  if ((await getRunningRun(tx, video.id)) === null) return;
  if (video.currentRunId !== null) {
    throw new AppError("conflict", {
      message: "A new version of this video is being made.",
      hint: "Wait until it has ended, or cancel it, and choose the mark again.",
    });
  }
  await cancelRuns(tx, { videoId: video.id });
};

const startMarked = async (tx: Tx, video: VideoRow): Promise<string | null> => {
  if (video.originalKey === null) return null;
  await makeRoom(tx, video);
  const reason = video.status === "failed" ? "retry" : "reprocess";
  return (await startRun(tx, { videoId: video.id, sourceKey: video.originalKey, reason })).runId;
};

/**
 * Gives a video a mark, or takes it away, and starts a run that burns it in; what plays now plays on until that run has
 * ended. Before the upload has ended the wish is only kept. Nothing happens when the wish is what it was. Throws like
 * `getVideoWatermark`, like `wishOfChoice`, and `conflict` while a run is going on that replaces what plays.
 */
export const setVideoWatermark = ({
  viewer,
  videoId,
  choice,
}: Asked & { choice: VideoWatermarkChoice }): Promise<VideoWatermarkDto> =>
  transaction(async (tx) => {
    const video = await requireEditableVideo(tx, { viewer, videoId });
    const wishes = wishesSchema.parse(video.wishes);
    const wished = await wishOfChoice(tx, { viewer, channelId: video.channelId, choice });
    if (sameWish(wishes.watermark, wished)) {
      return toDto(video, { wished, applied: await isApplied(tx, { video, wished }) });
    }
    await storeWishes(tx, { videoId, wishes: { ...wishes, watermark: wished } });
    const runId = await startMarked(tx, video);
    // What they made lacks the mark, and no retry goes on from other wishes.
    await dropBrokenRuns(tx, { videoId });
    await remarkPoster(tx, videoId);
    if (wishes.watermark !== null) await enqueueUnusedRemoval(tx, wishes.watermark.watermarkId);
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "video.watermark",
      targetType: "video",
      targetId: videoId,
      before: { watermark: wishes.watermark },
      after: { watermark: wished },
      details: { runId },
    });
    await publishVideoEvent(tx, { videoId, event: "changed" });
    return toDto(video, { wished, applied: false });
  });
