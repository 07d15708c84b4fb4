import { type Tx, transaction } from "#lib/db/client.ts";
import { findChannel } from "#lib/db/queries/channels/channels.ts";
import { removeJob } from "#lib/db/queries/runs/jobs.ts";
import { findInterruptedRun } from "#lib/db/queries/runs/runs.ts";
import { findVideo, markVideoDeleted, updateVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { continueRun } from "#lib/processing/continue-run.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { auditVideo, type ChangeVideo, changedVideo } from "#lib/videos/change-video.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { mayEdit, requireEditableVideo } from "#lib/videos/policy.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { purgeDueAt } from "#lib/videos/purge-video.ts";
import { enqueuePoster } from "#lib/videos/queue-poster.ts";

const purgeKey = (videoId: string) => `purge:${videoId}`;

/**
 * Takes a video away at once: its run is cancelled, its playback addresses end, and after the grace time everything of it
 * is removed. Until then `restoreVideo` brings it back. Throws like `editVideo`.
 */
export const deleteVideo = (input: ChangeVideo): Promise<void> =>
  transaction(async (tx) => {
    const { videoId } = input;
    await requireEditableVideo(tx, input);
    await cancelRuns(tx, { videoId });
    const deletedAt = await markVideoDeleted(tx, videoId);
    await enqueue(tx, "videos/purge", { videoId }, { key: purgeKey(videoId), runAt: purgeDueAt(deletedAt) });
    await auditVideo(tx, { ...input, action: "video.delete" });
    await publishVideoEvent(tx, { videoId, event: "deleted" });
  });

const requireRestorable = async (tx: Tx, { viewer, videoId }: ChangeVideo): Promise<VideoRow> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const video = await findVideo(tx, { videoId, lock: true });
  if (video === null || !mayEdit(viewer, video)) throw new AppError("not_found");
  // It went with its channel, and comes back with it alone.
  if ((await findChannel(tx, video.channelId, { lock: "share" })) === null) throw new AppError("gone");
  if (video.deletedAt !== null && purgeDueAt(video.deletedAt) <= new Date()) throw new AppError("gone");
  return video;
};

/** What was being processed when the video was deleted, a new file in the place of its own too. */
const interruptedWork = async (tx: Tx, video: VideoRow) => {
  const run = await findInterruptedRun(tx, video.id);
  if (run !== null) return run;
  const { originalKey } = video;
  return video.status === "processing" && originalKey !== null
    ? { sourceKey: originalKey, reason: "retry" as const }
    : null;
};

/** A deleted video, and what was being processed of it. */
export type InterruptedVideo = { video: VideoRow; work: Awaited<ReturnType<typeof interruptedWork>> };

/** What was being processed of a deleted video; to be asked before it is brought back. Null for no such video. */
export const findInterrupted = async (tx: Tx, videoId: string): Promise<InterruptedVideo | null> => {
  const video = await findVideo(tx, { videoId, lock: true });
  return video === null ? null : { video, work: await interruptedWork(tx, video) };
};

/** Goes on with it, in the transaction that has brought the video back. */
export const takeUpVideo = async (tx: Tx, { video, work }: InterruptedVideo): Promise<void> => {
  const { id: videoId } = video;
  if (work !== null) {
    const source = { videoId, sourceKey: work.sourceKey };
    if ((await continueRun(tx, source)) === null) await startRun(tx, { ...source, reason: work.reason });
  }
  const choice = posterChoiceOf(video);
  if (choice?.failureCode === null) await enqueuePoster(tx, { videoId, choiceId: choice.id });
  await publishVideoEvent(tx, { videoId, event: "changed" });
};

/**
 * Brings a deleted video back within the grace time; one that is not deleted stays as it is. What was being processed
 * goes on where it was left while its files are there, else starts over, and a poster that was chosen is made. Throws `unauthenticated`, `not_found` for what
 * the viewer may not edit, `gone` after the grace time.
 */
export const restoreVideo = (input: ChangeVideo): Promise<VideoDto> =>
  transaction(async (tx) => {
    const { videoId } = input;
    const video = await requireRestorable(tx, input);
    if (video.deletedAt === null) return changedVideo(tx, input);
    const work = await interruptedWork(tx, video);
    await updateVideo(tx, { videoId, changes: { deletedAt: null } });
    await removeJob(tx, purgeKey(videoId));
    await takeUpVideo(tx, { video, work });
    await auditVideo(tx, { ...input, action: "video.restore" });
    return changedVideo(tx, input);
  });
