import type { DbOrTx } from "#lib/db/client.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { JobPayload } from "#lib/jobs/names.ts";

/**
 * Queues telling the subscribers of a video's channel of it, those after an id: in the transaction that makes it public for
 * the first time, and in that of each batch for the next one.
 */
export const queueAnnouncement = (
  tx: DbOrTx,
  { videoId, afterUserId }: Pick<JobPayload<"library/announce-video">, "videoId" | "afterUserId">,
): Promise<void> =>
  enqueue(
    tx,
    "library/announce-video",
    { videoId, afterUserId },
    { key: `announce:${videoId}:${afterUserId ?? ""}`, priority: 5 },
  );
