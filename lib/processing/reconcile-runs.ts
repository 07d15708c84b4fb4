import { db, transaction } from "#lib/db/client.ts";
import { deleteJobs, listExhaustedJobs, rescheduleJobs } from "#lib/db/queries/runs/jobs.ts";
import { lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import {
  giveBackOrphanedSteps,
  listDeletedVideosWithRuns,
  listPurgeableVideos,
  listStrandedSteps,
  listStuckRuns,
  type StrandedStep,
} from "#lib/db/queries/runs/stranded-steps.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { waitRules } from "#lib/processing/due-steps.ts";
import { failRun, failStep, processingFailed } from "#lib/processing/fail-step.ts";
import { enqueueStep } from "#lib/processing/step-jobs.ts";

// One round mends this many of each kind; the next round goes on.
const perRound = 200;
const rescheduleAfterMs = 6 * 3600 * 1000;

/** How long a deleted video can be restored, unless told otherwise. */
export const purgeGraceSeconds = 7 * 24 * 3600;

/**
 * Removes jobs that ran out of attempts, of which the queue tells nobody. Those of steps go, for the step decides; upkeep
 * must happen in the end, so it is tried again later.
 */
const clearExhaustedJobs = async (): Promise<void> => {
  const exhausted = await listExhaustedJobs(db(), perRound);
  for (const job of exhausted) {
    log().error(
      { "event.action": "job.exhausted", jobId: job.id, job: job.name, detail: job.lastError?.slice(0, 500) },
      "a job ran out of attempts",
    );
  }
  const isStep = (job: { name: string }) => job.name.startsWith("media/");
  await deleteJobs(
    db(),
    exhausted.filter(isStep).map((job) => job.id),
  );
  await rescheduleJobs(db(), {
    ids: exhausted.filter((job) => !isStep(job)).map((job) => job.id),
    runAt: new Date(Date.now() + rescheduleAfterMs),
  });
};

const mendStep = async (stranded: StrandedStep): Promise<void> => {
  const { runId, stepId, kind, ordinal, attempts, maxAttempts } = stranded;
  metrics().recoveredJobs.inc({ reason: "step_without_job" });
  if (attempts >= maxAttempts) {
    await failStep({ runId, stepId, code: processingFailed, detail: `ended ${attempts} times without a word` });
    return;
  }
  await transaction(async (tx) => {
    const run = await lockRunningRun(tx, runId);
    if (run === null) return;
    const [still] = await listStrandedSteps(tx, { stepId, limit: 1, rules: waitRules });
    if (still !== undefined) await enqueueStep(tx, { runId, stepId, kind, ordinal, plan: run.plan });
  });
  log().warn({ "event.action": "step.requeued", runId, stepId, kind }, "a step without a job was queued again");
};

const endStuckRun = (runId: string): Promise<void> =>
  transaction(async (tx) => {
    const run = await lockRunningRun(tx, runId);
    if (run === null || !(await listStuckRuns(tx, perRound)).includes(runId)) return;
    await failRun(tx, { run, code: processingFailed, detail: "nothing was left to do, yet nothing was published" });
  });

/**
 * Makes every open step's fate certain: a step whose worker is gone is given back, one without a job gets a new one, one
 * whose attempts are used up fails visibly; a run of a deleted video is cancelled, and one that lost its way fails. Repeating it
 * and running it in several processes at once is fine.
 */
export const reconcileRuns = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
  const orphaned = await giveBackOrphanedSteps(db());
  if (orphaned.length > 0) metrics().recoveredJobs.inc({ reason: "orphaned_step" }, orphaned.length);
  await clearExhaustedJobs();
  for (const videoId of await listDeletedVideosWithRuns(db(), perRound)) {
    signal.throwIfAborted();
    await transaction((tx) => cancelRuns(tx, { videoId }));
  }
  for (const step of await listStrandedSteps(db(), { limit: perRound, rules: waitRules })) {
    signal.throwIfAborted();
    await mendStep(step);
  }
  for (const runId of await listStuckRuns(db(), perRound)) {
    signal.throwIfAborted();
    await endStuckRun(runId);
  }
};

/** Queues the final removal of videos whose time to be restored is over. */
export const purgeDeletedVideos = async ({ graceSeconds }: { graceSeconds: number }): Promise<void> => {
  for (const videoId of await listPurgeableVideos(db(), { seconds: graceSeconds, limit: perRound })) {
    await enqueue(db(), "videos/purge", { videoId }, { key: `purge:${videoId}`, priority: 10 });
  }
};
