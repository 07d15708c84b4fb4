import { db, type Tx } from "#lib/db/client.ts";
import { captionsOfVideos } from "#lib/db/queries/captions.ts";
import { getRunningRun } from "#lib/db/queries/runs.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionsPrefix } from "#lib/storage/keys.ts";

/** Players that hold a playlist go on asking for what it names; as long as files of replaced runs stay. */
const graceSeconds = 24 * 3600;

const dueSeconds = graceSeconds + 3600;

/** Queues a look for caption files that no row names, in the transaction of what may have left one behind. */
export const enqueueCaptionSweep = (tx: Tx, videoId: string): Promise<void> =>
  enqueue(
    tx,
    "captions/sweep",
    { videoId },
    { key: `captions-sweep:${videoId}`, runAt: new Date(Date.now() + dueSeconds * 1000), priority: 10 },
  );

/**
 * Removes caption files that no row has named for a day: of deleted and replaced tracks, of runs that failed, of uploads
 * that broke off. Leaves them while a run goes on, whose rows come with its end. Repeating it is fine.
 */
export const sweepCaptions = async (input: { videoId: string; signal: AbortSignal; now?: Date }): Promise<void> => {
  const { videoId, signal, now = new Date() } = input;
  if ((await getRunningRun(db(), videoId)) !== null) return db().transaction((tx) => enqueueCaptionSweep(tx, videoId));
  const named = new Set((await captionsOfVideos(db(), [videoId])).map(({ key }) => key));
  const before = now.getTime() - graceSeconds * 1000;
  let removed = 0;
  for await (const { key, modifiedAt } of objectStore().list(captionsPrefix(videoId))) {
    signal.throwIfAborted();
    if (named.has(key) || modifiedAt.getTime() > before) continue;
    await objectStore().remove(key);
    removed += 1;
  }
  log().info({ "event.action": "captions.swept", videoId, removed }, "caption files were looked through");
};
