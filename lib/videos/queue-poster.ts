import type { Tx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** Queues the making of a chosen poster, in the transaction that chose it; queueing the same choice again is fine. */
export const enqueuePoster = (tx: Tx, { videoId, choiceId }: { videoId: string; choiceId: string }): Promise<void> =>
  enqueue(tx, "videos/make-poster", { videoId, choiceId }, { key: `make-poster:${choiceId}`, priority: -15 });
