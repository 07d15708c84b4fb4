import type { Tx } from "#lib/db/client.ts";
import { removeJob } from "#lib/db/queries/runs/jobs.ts";
import { cancelOpenSteps } from "#lib/db/queries/runs/run-steps.ts";
import { cancelRunningRuns, listBrokenRunIds } from "#lib/db/queries/runs/runs.ts";
import { enqueueRunRemoval } from "#lib/processing/remove-run-files.ts";
import { stepJobKey } from "#lib/processing/step-jobs.ts";
import { enqueueRunMeasure } from "#lib/usage/measure-run.ts";

/**
 * Cancels the video's running run, if there is one: waiting jobs go and workers kill what they run for it within two
 * seconds. Its files are removed a moment later when the run was `dropped`; when a person `stopped` it they stay for a
 * day, so that a retry goes on from them. Leaves the video's status to the caller. Returns the runs' ids.
 */
export const cancelRuns = async (
  tx: Tx,
  { videoId, why = "dropped" }: { videoId: string; why?: "dropped" | "stopped" },
): Promise<string[]> => {
  const runIds = await cancelRunningRuns(tx, videoId);
  for (const stepId of await cancelOpenSteps(tx, runIds)) await removeJob(tx, stepJobKey(stepId));
  for (const runId of runIds) {
    await enqueueRunRemoval(tx, { videoId, runId, why });
    await enqueueRunMeasure(tx, { videoId, id: runId });
  }
  return runIds;
};

/** Lets go of what runs made that failed or were stopped: nothing will go on from it. In the caller's transaction. */
export const dropBrokenRuns = async (tx: Tx, { videoId }: { videoId: string }): Promise<void> => {
  for (const runId of await listBrokenRunIds(tx, videoId)) {
    await enqueueRunRemoval(tx, { videoId, runId, why: "dropped" });
  }
};
