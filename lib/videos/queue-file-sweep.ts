import type { Tx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** A file younger than this may belong to a row that is just being made. */
export const looseFileAgeMs = 3600 * 1000;

const dueMs = looseFileAgeMs + 300_000;

/**
 * Queues a look for files of a video that no row names: in a transaction before they are written, or in the one that lets
 * go of them, so that a crash between a commit and the disk leaves nothing for ever. The last one queued decides when.
 */
export const enqueueFileSweep = (tx: Tx, videoId: string): Promise<void> =>
  enqueue(
    tx,
    "videos/sweep-files",
    { videoId },
    { key: `sweep-files:${videoId}`, runAt: new Date(Date.now() + dueMs), priority: 10 },
  );
