import { db, transaction } from "#lib/db/client.ts";
import { claimQueuedStep, getStep, listSteps, type StepKind } from "#lib/db/queries/runs/run-steps.ts";
import { getRun } from "#lib/db/queries/runs/runs.ts";
import { getVideoTitle } from "#lib/db/queries/videos/video-title.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";

/** One attempt at one step: what a worker needs to know, under the uuid that alone may report. */
export type Claim = {
  attemptId: string;
  step: { id: string; kind: StepKind; ordinal: number; attempts: number; maxAttempts: number };
  run: { id: string; videoId: string; sourceKey: string; plan: unknown; wishes: unknown };
  title: string;
  /** Results of the run's finished steps. */
  results: { kind: StepKind; ordinal: number; result: unknown }[];
};

/** Why a step was not given: it or its run has ended, another attempt holds it, or its attempts are used up. */
export type Refusal = "ended" | "busy" | "exhausted";

const refusalOf = async (stepId: string): Promise<{ refused: Refusal; runId: string | null }> => {
  const step = await getStep(db(), stepId);
  if (step === null) return { refused: "ended", runId: null };
  const { runId } = step;
  if (step.state === "running" || step.state === "publishing") return { refused: "busy", runId };
  return { refused: step.state === "queued" && step.attempts >= step.maxAttempts ? "exhausted" : "ended", runId };
};

/**
 * Takes a queued step under a new attempt uuid. Of any number of workers that ask for the same step one gets it; from
 * then on only that attempt's reports are accepted.
 */
export const claimStep = async ({
  stepId,
  workerId,
  attemptId = newId(),
}: {
  stepId: string;
  workerId: string;
  attemptId?: string;
}): Promise<{ claim: Claim } | { refused: Refusal; runId: string | null }> => {
  const claim = await transaction(async (tx): Promise<Claim | null> => {
    const step = await claimQueuedStep(tx, { stepId, attemptId, workerId });
    if (step === null) return null;
    const run = await getRun(tx, step.runId);
    if (run === null) throw new AppError("internal", { context: { stepId, reason: "step without run" } });
    const finished = (await listSteps(tx, run.id)).filter((other) => other.state === "done");
    await publishVideoEvent(tx, { videoId: run.videoId, event: "progress" });
    const { id, kind, ordinal, attempts, maxAttempts } = step;
    return {
      attemptId,
      step: { id, kind, ordinal, attempts, maxAttempts },
      run: { id: run.id, videoId: run.videoId, sourceKey: run.sourceKey, plan: run.plan, wishes: run.wishes },
      title: (await getVideoTitle(tx, run.videoId)) ?? "",
      results: finished.map((other) => ({ kind: other.kind, ordinal: other.ordinal, result: other.result })),
    };
  });
  return claim === null ? refusalOf(stepId) : { claim };
};
