import { join } from "node:path";
import { keepAccounts } from "#lib/accounts/keep-accounts.ts";
import { expireExports } from "#lib/accounts/leaving/export-data.ts";
import { removeDueAccounts } from "#lib/accounts/leaving/remove-account.ts";
import { queueRollUp } from "#lib/analytics/roll-up.ts";
import { EnvError, env, requireDatabaseUrl } from "#lib/env.ts";
import { reconcileExports } from "#lib/exports/export-attempt.ts";
import { log } from "#lib/log.ts";
import { reconcileNotifications } from "#lib/notifications/dispatch-event.ts";
import { openPackaging } from "#lib/packaging/index.ts";
import { keepPlaybackTokens } from "#lib/playback/keep-playback-tokens.ts";
import { purgeDeletedVideos, purgeGraceSeconds } from "#lib/processing/reconcile-runs.ts";
import { registerSearchEngines } from "#lib/search/engines.ts";
import { indexAllChanges, queueSearchCheck } from "#lib/search/index/check-index.ts";
import { objectStore } from "#lib/storage/index.ts";
import { expireUploads } from "#lib/uploads/expire-uploads.ts";
import { reconcileUploads } from "#lib/uploads/reconcile-uploads.ts";
import { removeSpareOriginals } from "#lib/uploads/remove-spare-originals.ts";
import { queueReconciliation } from "#lib/usage/reconcile-storage.ts";
import { tellQuotaMarks } from "#lib/usage/tell-quota-marks.ts";
import { sweepDeliveries } from "#lib/webhooks/sweep-deliveries.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { createDetector } from "#worker/labels/run-detector.ts";
import { stepHandlers } from "#worker/steps/index.ts";
import { removeDeadScratch } from "#worker/supervision/remove-dead-scratch.ts";
import { runWorkerProcess } from "#worker/supervision/run-worker-process.ts";
import { workerTimes } from "#worker/supervision/start-worker.ts";
import { createWorkspace } from "#worker/supervision/workspace.ts";
import { announceVideoTask } from "#worker/tasks/announce-video.ts";
import { checkSearchTask } from "#worker/tasks/check-search.ts";
import { deliverWebhookTask } from "#worker/tasks/deliver-webhook.ts";
import { dispatchEventTask } from "#worker/tasks/dispatch-event.ts";
import { drawWatermarkTask } from "#worker/tasks/draw-watermark.ts";
import { exportAccountTask } from "#worker/tasks/export-account.ts";
import { exportAudioTask } from "#worker/tasks/export-audio.ts";
import { hashOriginalTask } from "#worker/tasks/hash-original.ts";
import { lookAtVideoTask } from "#worker/tasks/look-at-video.ts";
import { makeAvatarTask } from "#worker/tasks/make-avatar.ts";
import { makePosterTask } from "#worker/tasks/make-poster.ts";
import { measureRunTask } from "#worker/tasks/measure-run.ts";
import { mediaStepTasks } from "#worker/tasks/media-steps.ts";
import { purgeVideoTask } from "#worker/tasks/purge-video.ts";
import { reconcileStorageTask } from "#worker/tasks/reconcile-storage.ts";
import { removeAccountTask } from "#worker/tasks/remove-account.ts";
import { removePictureCopyTask } from "#worker/tasks/remove-picture-copy.ts";
import { removePosterTask } from "#worker/tasks/remove-poster.ts";
import { removeRunFilesTask } from "#worker/tasks/remove-run-files.ts";
import { removeSourceSegmentsTask } from "#worker/tasks/remove-source-segments.ts";
import { removeUnusedMarksTask } from "#worker/tasks/remove-unused-marks.ts";
import { rollUpTask } from "#worker/tasks/roll-up.ts";
import { sendMailTask } from "#worker/tasks/send-mail.ts";
import { sweepAvatarsTask } from "#worker/tasks/sweep-avatars.ts";
import { sweepCaptionsTask } from "#worker/tasks/sweep-captions.ts";
import { sweepFilesTask } from "#worker/tasks/sweep-files.ts";
import { writeResetMailTask } from "#worker/tasks/write-reset-mail.ts";

// The composition root of the worker: everything it consists of is named here and nowhere else.

/** Least time between two progress writes of one step; also how often it asks whether it may go on. */
const progressMs = 1_000;

/** How long a change may wait before it is brought into the search index: nearly always there is nothing, by one index. */
const indexMs = 1_000;

const scratchRoot = () => join(env().dataDir, "scratch");

/** Each part is tried though another failed, and the first fault is told. */
const upkeep = async (signal: AbortSignal): Promise<void> => {
  const parts = [
    () => reconcileUploads({ signal }),
    () => expireUploads({ signal }),
    () => keepAccounts(),
    () => keepPlaybackTokens(),
    () => removeDueAccounts(),
    () => expireExports(),
    () => reconcileExports(),
    () => reconcileNotifications(),
    () => removeSpareOriginals({ signal }),
    () => tellQuotaMarks(),
    () => queueReconciliation(),
    () => queueRollUp(),
    () => sweepDeliveries(),
    () => registerSearchEngines(),
    () => queueSearchCheck(),
    () => purgeDeletedVideos({ graceSeconds: purgeGraceSeconds }),
    () => removeDeadScratch({ scratchRoot: scratchRoot() }),
  ];
  const faults: unknown[] = [];
  for (const part of parts) {
    signal.throwIfAborted();
    await part().catch((error: unknown) => faults.push(error));
  }
  if (faults.length > 0) throw faults[0];
};

const main = async (): Promise<void> => {
  requireDatabaseUrl();
  const { ffmpeg, ffprobe, confinement } = createFfmpegRunner();
  const detector = createDetector({ level: async () => (await confinement()).level });
  // The first file that comes shall not wait for the reader's thread to start.
  openPackaging();
  const store = objectStore();
  const root = scratchRoot();
  const { workerConcurrency, scratchFreeBytes, scratchMaxBytes } = env();
  await runWorkerProcess({
    times: workerTimes,
    concurrency: workerConcurrency,
    tasks: (workerId) => {
      const limits = { floorBytes: scratchFreeBytes, maxBytes: scratchMaxBytes };
      const workspace = createWorkspace({ store, scratchRoot: root, workerId, limits });
      const machine = { workerId, store, ffmpeg, ffprobe, workspace, progressMs };
      return [
        ...mediaStepTasks({ ...machine, handlers: stepHandlers }),
        exportAudioTask(machine),
        deliverWebhookTask,
        drawWatermarkTask({ store, ffmpeg, scratchRoot: root }),
        removeUnusedMarksTask,
        makeAvatarTask({ store, ffmpeg, scratchRoot: root }),
        sweepAvatarsTask,
        lookAtVideoTask({ ...machine, detector }),
        makePosterTask(machine),
        removePosterTask,
        removePictureCopyTask,
        removeRunFilesTask,
        removeSourceSegmentsTask,
        sweepCaptionsTask,
        hashOriginalTask,
        purgeVideoTask,
        removeAccountTask,
        exportAccountTask,
        sweepFilesTask,
        measureRunTask,
        reconcileStorageTask,
        checkSearchTask,
        rollUpTask,
        announceVideoTask,
        dispatchEventTask,
        sendMailTask,
        writeResetMailTask,
      ];
    },
    upkeep,
    rounds: [{ name: "search", everyMs: indexMs, work: (signal) => indexAllChanges({ signal }) }],
  });
};

try {
  await main();
} catch (error) {
  // A faulty configuration cannot be logged: the log's level is part of it.
  if (error instanceof EnvError) process.stderr.write(`${error.message}\n`);
  else log().fatal({ "event.action": "worker.not_started", err: error }, "the worker could not be started");
  process.exit(1);
}
