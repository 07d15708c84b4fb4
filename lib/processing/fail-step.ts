import { type Tx, transaction } from "#lib/db/client.ts";
import { removeJob } from "#lib/db/queries/runs/jobs.ts";
import { cancelOpenSteps, failOpenStep, getStep, giveBackAttempt } from "#lib/db/queries/runs/run-steps.ts";
import { endRun, lockRunningRun, markVideoFailed, type RunRow } from "#lib/db/queries/runs/runs.ts";
import type { FailureCode } from "#lib/media/failures.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import type { Claim } from "#lib/processing/claim-step.ts";
import { enqueueDueSteps } from "#lib/processing/due-steps.ts";
import { enqueueRunRemoval } from "#lib/processing/remove-run-files.ts";
import { enqueueStep, stepJobKey } from "#lib/processing/step-jobs.ts";
import { enqueueRunMeasure } from "#lib/usage/measure-run.ts";

/** Code of a failure that is the machine's, not the file's: the same file may work at another try. */
export const processingFailed = "processing_failed" satisfies FailureCode;

/** Longest operator's note kept beside a failure, in characters. */
const longestDetail = 8000;

const clip = (text: string | null) => (text === null ? null : text.slice(-longestDetail));

/** Ends a running run as failed and makes that visible. The run must be locked. */
export const failRun = async (tx: Tx, input: { run: RunRow; code: string; detail: string | null }): Promise<void> => {
  const { run, code } = input;
  if (!(await endRun(tx, { runId: run.id, state: "failed", failureCode: code, failureDetail: clip(input.detail) })))
    return;
  for (const stepId of await cancelOpenSteps(tx, [run.id])) await removeJob(tx, stepJobKey(stepId));
  await enqueueRunRemoval(tx, { videoId: run.videoId, runId: run.id, why: "failed" });
  await enqueueRunMeasure(tx, run);
  await markVideoFailed(tx, { videoId: run.videoId, code });
  await publishVideoEvent(tx, { videoId: run.videoId, event: "failed" });
  // No key: a run that a retry set going again may fail again, and that is news.
  const data = { runId: run.id, reason: run.reason, code };
  await recordVideoEvent(tx, { type: "video.failed", videoId: run.videoId, data });
};

/**
 * Ends a step that will not be tried again. A required step takes its run along, and its video unless that is `ready`
 * from an earlier run; an optional one leaves both alive. With `attemptId` only that attempt may say so. False when the
 * step or its run had ended before or the attempt was replaced.
 */
export const failStep = (input: {
  runId: string;
  stepId: string;
  attemptId?: string;
  code: string;
  detail: string | null;
}): Promise<boolean> =>
  transaction(async (tx) => {
    const run = await lockRunningRun(tx, input.runId);
    if (run === null) return false;
    const { stepId, attemptId, code } = input;
    const failed = await failOpenStep(tx, {
      stepId,
      ...(attemptId === undefined ? {} : { attemptId }),
      code,
      detail: clip(input.detail),
    });
    if (!failed) return false;
    const step = await getStep(tx, stepId);
    if (step?.required === false) await enqueueDueSteps(tx, { run, which: "freed", ended: step.kind });
    else await failRun(tx, { run, code, detail: input.detail });
    return true;
  });

/**
 * Gives a step back after a fault of the machine. The attempt counts; when it was the last one the step fails visibly.
 * Says what became of it: `again` (the caller's job must end in an error, so that the queue tries it later), `failed`, or
 * `lost` when the attempt was replaced or cancelled.
 */
export const retryStep = async ({
  claim,
  detail,
}: {
  claim: Claim;
  detail: string;
}): Promise<"again" | "failed" | "lost"> => {
  const ref = { runId: claim.run.id, stepId: claim.step.id, attemptId: claim.attemptId };
  if (claim.step.attempts >= claim.step.maxAttempts) {
    return (await failStep({ ...ref, code: processingFailed, detail })) ? "failed" : "lost";
  }
  const back = await transaction((tx) =>
    giveBackAttempt(tx, { ...ref, uncounted: false, detail: detail.slice(-longestDetail) }),
  );
  return back === null ? "lost" : "again";
};

/**
 * Gives a step back because this worker stops: the attempt does not count and a new job is queued at once, so that
 * another worker goes on without waiting for a back-off. The caller's job must end without an error.
 */
export const releaseStep = async (claim: Claim): Promise<void> => {
  await transaction(async (tx) => {
    const run = await lockRunningRun(tx, claim.run.id);
    const back = await giveBackAttempt(tx, { stepId: claim.step.id, attemptId: claim.attemptId, uncounted: true });
    if (run === null || back === null) return;
    // The job that is being worked on loses its key to the new one and is deleted when it ends.
    await enqueueStep(tx, {
      ...{ runId: run.id, stepId: back.id, kind: back.kind, ordinal: back.ordinal },
      plan: run.plan,
    });
    await publishVideoEvent(tx, { videoId: run.videoId, event: "progress" });
  });
};
