import { db, transaction } from "#lib/db/client.ts";
import { getStep, markStepWaiting } from "#lib/db/queries/runs/run-steps.ts";
import { getRun, lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import { listResultsOfKind } from "#lib/db/queries/runs/step-results.ts";
import { log } from "#lib/log.ts";
import { copyOf } from "#lib/media/plan/chunk-source.ts";
import { scratchNeed } from "#lib/media/plan/scratch-need.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { sourceOfStep } from "#lib/processing/source-of-step.ts";
import { enqueueStep } from "#lib/processing/step-jobs.ts";

/** What a step waits for while the scratch disk has no room for it. */
export const diskFull = "disk_full";

/** What a queued step needs before it may begin: what it reads (nothing for a finish) and bytes of scratch. */
export type StepRoom = { sourceKey: string | null; bytes: number };

/** Null for a step that is not queued: a claim tells why. */
export const roomForStep = async (stepId: string): Promise<StepRoom | null> => {
  const step = await getStep(db(), stepId);
  if (step === null || step.state !== "queued") return null;
  const run = await getRun(db(), step.runId);
  if (run === null) return null;
  const plan = knownPlan(run.plan);
  const copied = plan?.copy === undefined || (await isCopied(run.id));
  return { sourceKey: await sourceOfStep(run, step), bytes: scratchNeed({ plan, step, copied }) };
};

/** Whether the run has, or may still get, the copy that its chunks are to be read from. */
const isCopied = async (runId: string): Promise<boolean> =>
  copyOf(await listResultsOfKind(db(), { runId, kind: "copy" })) !== false;

/**
 * Lets a queued step wait: it stays queued with the code `disk_full`, no attempt is counted, and its job comes again
 * after `retryMs`. The caller's job must end without an error. Nothing happens to a step that is not queued any more.
 */
export const waitForSpace = ({ stepId, retryMs }: { stepId: string; retryMs: number }): Promise<void> =>
  transaction(async (tx) => {
    const step = await getStep(tx, stepId);
    const run = step === null ? null : await lockRunningRun(tx, step.runId);
    if (step === null || run === null) return;
    const marked = await markStepWaiting(tx, { stepId, code: diskFull });
    if (marked === null) return;
    const { kind, ordinal } = step;
    // Not all at the same moment: what one finds free, another would be refused.
    const runAt = new Date(Date.now() + retryMs * (1 + Math.random() / 2));
    await enqueueStep(tx, { runId: run.id, stepId, kind, ordinal, plan: run.plan, runAt });
    if (!marked.isNew) return;
    log().warn(
      { "event.action": "step.waits_for_space", runId: run.id, stepId, kind, ordinal },
      "a step waits for scratch space",
    );
    await publishVideoEvent(tx, { videoId: run.videoId, event: "progress" });
  });
