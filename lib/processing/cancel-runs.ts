import type { Tx } from "#lib/db/client.ts";
import { removeJob } from "#lib/db/queries/jobs.ts";
import { cancelOpenSteps } from "#lib/db/queries/run-steps.ts";
import { cancelRunningRuns } from "#lib/db/queries/runs.ts";
import { enqueueRunRemoval } from "#lib/processing/remove-run-files.ts";
import { stepJobKey } from "#lib/processing/step-jobs.ts";

/**
 * Cancels the video's running run, if there is one: waiting jobs go, workers kill what they run for it within two
 * seconds, and its files are removed a moment later. Leaves the video's status to the caller.
 */
export const cancelRuns = async (tx: Tx, { videoId }: { videoId: string }): Promise<void> => {
  const runIds = await cancelRunningRuns(tx, videoId);
  for (const stepId of await cancelOpenSteps(tx, runIds)) await removeJob(tx, stepJobKey(stepId));
  for (const runId of runIds) await enqueueRunRemoval(tx, { videoId, runId, why: "cancelled" });
};
