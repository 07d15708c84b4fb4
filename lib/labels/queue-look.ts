import { db, type Tx, transaction } from "#lib/db/client.ts";
import { listUnseenVideos } from "#lib/db/queries/labels/labels.ts";
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

const pageSize = 100;

/**
 * Queues looks at all ready videos that have none: those that were there before looks were, and those of times when the model did not start.
 * Gives how many. A look that waits already is not queued twice. Throws when `signal` aborts; what was queued stays.
 */
export const queueMissingLooks = async ({ signal }: { signal: AbortSignal }): Promise<number> => {
  let queued = 0;
  for (let after: string | null = null; ; ) {
    signal.throwIfAborted();
    const page = await listUnseenVideos(db(), { after, limit: pageSize });
    await transaction(async (tx) => {
      for (const run of page) await queueLook(tx, run);
    });
    queued += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return queued;
    after = last.videoId;
  }
};
