import { db, type Tx } from "#lib/db/client.ts";
import { deleteRunAssets } from "#lib/db/queries/assets.ts";
import { isRunDiscardable } from "#lib/db/queries/runs.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";

// A replaced run stays for a day, because players that hold its playlists go on asking for its segments. What nobody can
// watch goes as soon as its last worker has surely let go of it.
const graceSeconds = { superseded: 24 * 3600, failed: 30, cancelled: 30 } as const;

/** Why a run's files are no longer wanted. */
export type RunRemovalReason = keyof typeof graceSeconds;

/** Queues the removal of a run's files, in the transaction that ended the run. */
export const enqueueRunRemoval = (
  tx: Tx,
  { videoId, runId, why }: { videoId: string; runId: string; why: RunRemovalReason },
): Promise<void> =>
  enqueue(
    tx,
    "processing/remove-run-files",
    { videoId, runId },
    { key: `remove-run:${runId}`, runAt: new Date(Date.now() + graceSeconds[why] * 1000), priority: 10 },
  );

/** Removes what a run wrote, unless it is running or viewers get it. Repeating it is fine. */
export const removeRunFiles = async ({ videoId, runId }: { videoId: string; runId: string }): Promise<void> => {
  if (!(await isRunDiscardable(db(), runId))) {
    log().warn({ "event.action": "run.files_kept", runId }, "files of a run that is in use were not removed");
    return;
  }
  await objectStore().removePrefix(runPrefix({ videoId, runId }));
  await deleteRunAssets(db(), runId);
};
