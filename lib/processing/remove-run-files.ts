import { enqueueCaptionSweep } from "#lib/captions/queue-sweep.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { deleteChunks } from "#lib/db/queries/runs/chunks.ts";
import { deleteRenditions, forgetPosterUnder } from "#lib/db/queries/runs/publish-run.ts";
import { getRun, isRunDiscardable } from "#lib/db/queries/runs/runs.ts";
import { deleteRunAssets } from "#lib/db/queries/videos/assets.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";

// A replaced run stays for a day, because players that hold its playlists go on asking for its segments; an hour when it
// lacks the mark that its video has been given since. One that failed
// or was stopped by a person, because a retry goes on from what it made. What nobody wants any more goes as soon as its
// last worker has surely let go of it.
const graceSeconds = {
  superseded: 24 * 3600,
  unmarked: 3600,
  failed: 24 * 3600,
  stopped: 24 * 3600,
  dropped: 30,
} as const;

/** Why a run's files are no longer wanted. */
export type RunRemovalReason = keyof typeof graceSeconds;

/** Name under which the removal of a run's files is queued. */
export const runRemovalKey = (runId: string): string => `remove-run:${runId}`;

/** Queues the removal of a run's files, in the transaction that ended the run. */
export const enqueueRunRemoval = (
  tx: Tx,
  { videoId, runId, why }: { videoId: string; runId: string; why: RunRemovalReason },
): Promise<void> =>
  enqueue(
    tx,
    "processing/remove-run-files",
    { videoId, runId },
    { key: runRemovalKey(runId), runAt: new Date(Date.now() + graceSeconds[why] * 1000), priority: 10 },
  );

/** Removes what a run wrote, unless it is running or viewers get it. Repeating it is fine. */
export const removeRunFiles = async ({ videoId, runId }: { videoId: string; runId: string }): Promise<void> => {
  if (!(await isRunDiscardable(db(), runId))) {
    log().warn({ "event.action": "run.files_kept", runId }, "files of a run that is in use were not removed");
    return;
  }
  const run = await getRun(db(), runId);
  const prefix = runPrefix({ videoId, runId });
  await objectStore().removePrefix(prefix);
  await transaction(async (tx) => {
    await deleteRunAssets(tx, runId);
    await deleteChunks(tx, runId);
    await deleteRenditions(tx, { runId });
    await forgetPosterUnder(tx, { videoId, prefix });
    // The words of its file lie beside all runs.
    if (knownPlan(run?.plan ?? null)?.text !== undefined) await enqueueCaptionSweep(tx, videoId);
  });
};
