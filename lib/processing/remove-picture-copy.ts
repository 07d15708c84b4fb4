import type { Tx } from "#lib/db/client.ts";
import type { RunRow } from "#lib/db/queries/runs/runs.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { objectStore } from "#lib/storage/index.ts";
import { pictureCopyKey } from "#lib/storage/keys.ts";
import { measureRun } from "#lib/usage/measure-run.ts";

/** Queues the removal of the copy that a run's chunks were read from, in the transaction that publishes the run. */
export const enqueueCopyRemoval = async (tx: Tx, run: RunRow): Promise<void> => {
  if (knownPlan(run.plan)?.copy === undefined) return;
  const ids = { videoId: run.videoId, runId: run.id };
  await enqueue(tx, "processing/remove-picture-copy", ids, { key: `remove-copy:${run.id}`, priority: 10 });
};

/** Removes it. Repeating it is fine; a run that failed keeps its copy for a retry, until its files go. */
export const removePictureCopy = async (ids: { videoId: string; runId: string }): Promise<void> => {
  await objectStore().remove(pictureCopyKey(ids));
  await measureRun(ids);
};
