import type { Tx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { RunRef } from "#lib/storage/keys.ts";

/** Behind everything else of its lane. */
const lookPriority = 100;

/**
 * Has a run's stills be looked at, in the caller's transaction. All looks stand in one queue: one after the other, so that
 * they never take more than one place among the upkeep, whatever comes in.
 */
export const queueLook = (tx: Tx, { videoId, runId }: RunRef): Promise<void> =>
  enqueue(tx, "labels/look", { videoId, runId }, { key: `look:${runId}`, priority: lookPriority, queue: "labels" });
