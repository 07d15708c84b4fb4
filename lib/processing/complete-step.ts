import { db, transaction } from "#lib/db/client.ts";
import { acceptStepResult, finishStep } from "#lib/db/queries/runs/run-steps.ts";
import { isRunSwept, lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import type { Claim } from "#lib/processing/claim-step.ts";
import { followUp } from "#lib/processing/follow-up.ts";
import { putFiles } from "#lib/processing/put-files.ts";
import { runRemovalKey } from "#lib/processing/remove-run-files.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { countRunFiles } from "#lib/usage/count-run-files.ts";
import { enqueueRunMeasure } from "#lib/usage/measure-run.ts";

/** A finished attempt's JSON result and the local files that go into the object store. */
export type AttemptOutcome = { result: unknown; files: readonly { path: string; key: string }[] };

/**
 * Ends an attempt that succeeded. Its result is taken by one update conditional on the attempt's uuid, only then its
 * files are put under their final names (put if absent: equal names hold equal bytes), and only when all of them are
 * there one transaction ends the step and does what follows. Returns false, without a trace in the store's live runs,
 * when the attempt was replaced or cancelled. Throws what the store or the database throws; the step is then still the
 * attempt's own and must be given back.
 */
export const completeStep = async ({
  claim,
  outcome,
  store,
  signal,
}: {
  claim: Claim;
  outcome: AttemptOutcome;
  store: ObjectStore;
  signal: AbortSignal;
}): Promise<boolean> => {
  const attempt = { stepId: claim.step.id, attemptId: claim.attemptId };
  // jsonb has no `undefined`: a result that says nothing is null.
  const result = outcome.result ?? null;
  if (!(await acceptStepResult(db(), { ...attempt, result }))) return false;
  const put = await putFiles({ files: outcome.files, store, signal });
  const done = await transaction(async (tx) => {
    const run = await lockRunningRun(tx, claim.run.id);
    if (run === null || !(await finishStep(tx, attempt))) return false;
    await countRunFiles(tx, { run, put });
    await followUp(tx, { run, kind: claim.step.kind, result });
    return true;
  });
  if (!done) await dropFiles({ claim, files: outcome.files, store });
  return done;
};

/**
 * Removes an ended run's files that came after its clean-up began; those of a living run, and of one that may be set
 * going again, belong to the next attempt too.
 */
const dropFiles = async (input: {
  claim: Claim;
  files: AttemptOutcome["files"];
  store: ObjectStore;
}): Promise<void> => {
  const runId = input.claim.run.id;
  if (await isRunSwept(db(), { runId, removalKey: runRemovalKey(runId) })) {
    for (const file of input.files) await input.store.remove(file.key);
  } else await transaction((tx) => enqueueRunMeasure(tx, input.claim.run));
};
