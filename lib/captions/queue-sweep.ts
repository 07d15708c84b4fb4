import type { Tx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** Players that hold a playlist go on asking for what it names; as long as files of replaced runs stay. */
export const captionGraceSeconds = 24 * 3600;

const dueSeconds = captionGraceSeconds + 3600;

/** Queues a look for caption files that no row names, in the transaction of what may have left one behind. */
export const enqueueCaptionSweep = (tx: Tx, videoId: string): Promise<void> =>
  enqueue(
    tx,
    "captions/sweep",
    { videoId },
    { key: `captions-sweep:${videoId}`, runAt: new Date(Date.now() + dueSeconds * 1000), priority: 10 },
  );
