import { db } from "#lib/db/client.ts";
import type { StepKind } from "#lib/db/queries/runs/run-steps.ts";
import type { RunRow } from "#lib/db/queries/runs/runs.ts";
import { listResultsOfKind } from "#lib/db/queries/runs/step-results.ts";
import { readsCopy } from "#lib/media/plan/chunk-source.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { pictureCopyKey } from "#lib/storage/keys.ts";

/** Key of what a step reads: the original, the run's copy of its picture, or null when it reads no media. */
export const sourceOfStep = async (run: RunRow, step: { kind: StepKind; ordinal: number }): Promise<string | null> => {
  // On a worker that never had the original, fetching it would be all that takes time.
  if (step.kind === "finish") return null;
  const plan = knownPlan(run.plan);
  if (plan?.copy === undefined) return run.sourceKey;
  const results = await listResultsOfKind(db(), { runId: run.id, kind: "copy" });
  return readsCopy({ plan, step, results }) ? pictureCopyKey({ videoId: run.videoId, runId: run.id }) : run.sourceKey;
};
