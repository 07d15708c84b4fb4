import type { Tx } from "#lib/db/client.ts";
import { insertSteps } from "#lib/db/queries/runs/run-steps.ts";
import {
  getRunningRun,
  insertRun,
  lockLiveVideo,
  markVideoProcessing,
  type RunReason,
} from "#lib/db/queries/runs/runs.ts";
import { openRunAsset } from "#lib/db/queries/videos/assets.ts";
import { AppError } from "#lib/errors.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { enqueueStep, stepMaxAttempts } from "#lib/processing/step-jobs.ts";
import { runPrefix } from "#lib/storage/keys.ts";

// Weights are shares of the run's whole work; the plan gives its own steps about 1 in sum.
const probeWeight = 0.02;

/** What is processed and why. */
export type StartRun = { videoId: string; sourceKey: string; reason: RunReason };

/**
 * Starts a run: the run, its probe step and the probe's job commit with the caller's transaction, or not at all. A video
 * has at most one running run, so a second call gives the first one's id and queues nothing. The video becomes
 * `processing` unless it is `ready` from an earlier run. Throws `not_found` for a video that is deleted or never was.
 */
export const startRun = async (tx: Tx, { videoId, sourceKey, reason }: StartRun): Promise<{ runId: string }> => {
  // The lock lets a second caller wait for the first one's commit and then find its run.
  const video = await lockLiveVideo(tx, videoId);
  if (video === null) throw new AppError("not_found", { context: { videoId } });
  const runId = await insertRun(tx, { videoId, sourceKey, reason, wishes: video.wishes });
  if (runId === null) {
    const running = await getRunningRun(tx, videoId);
    if (running === null) throw new AppError("conflict", { context: { videoId } });
    return { runId: running.id };
  }
  const probe = {
    kind: "probe",
    ordinal: 0,
    required: true,
    weight: probeWeight,
    maxAttempts: stepMaxAttempts,
  } as const;
  await openRunAsset(tx, { videoId, runId, prefix: runPrefix({ videoId, runId }) });
  for (const step of await insertSteps(tx, { runId, steps: [probe] })) {
    await enqueueStep(tx, { runId, stepId: step.id, kind: step.kind, ordinal: step.ordinal, plan: null });
  }
  await markVideoProcessing(tx, videoId);
  await publishVideoEvent(tx, { videoId, event: "progress" });
  return { runId };
};
