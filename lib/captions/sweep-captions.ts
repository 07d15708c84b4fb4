import { captionGraceSeconds, enqueueCaptionSweep } from "#lib/captions/queue-sweep.ts";
import { db } from "#lib/db/client.ts";
import { getRunningRun } from "#lib/db/queries/runs/runs.ts";
import { deleteAssetByKey } from "#lib/db/queries/videos/assets.ts";
import { captionsOfVideos, listReusableTextResults } from "#lib/db/queries/videos/captions.ts";
import { log } from "#lib/log.ts";
import { textResultSchema } from "#lib/media/captions/caption-result.ts";
import { runRemovalKey } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionsPrefix } from "#lib/storage/keys.ts";

/** Keys that a row names, or a run that may go on from what it made. */
const namedKeys = async (videoId: string): Promise<Set<string>> => {
  const rows = await captionsOfVideos(db(), [videoId]);
  const results = await listReusableTextResults(db(), { videoId, removalKeyStart: runRemovalKey("") });
  const made = results.flatMap((result) => textResultSchema.parse(result).captions);
  return new Set([...rows, ...made].map(({ key }) => key));
};

/**
 * Removes caption files that no row has named for a day: of deleted and replaced tracks, of runs that failed, of uploads
 * that broke off. Leaves them while a run goes on, whose rows come with its end, and those of a run that a retry may set
 * going again; the removal of that run's own files has a look at them queued. Repeating it is fine.
 */
export const sweepCaptions = async (input: { videoId: string; signal: AbortSignal; now?: Date }): Promise<void> => {
  const { videoId, signal, now = new Date() } = input;
  if ((await getRunningRun(db(), videoId)) !== null) return db().transaction((tx) => enqueueCaptionSweep(tx, videoId));
  const named = await namedKeys(videoId);
  const before = now.getTime() - captionGraceSeconds * 1000;
  let removed = 0;
  for await (const { key, modifiedAt } of objectStore().list(captionsPrefix(videoId))) {
    signal.throwIfAborted();
    if (named.has(key) || modifiedAt.getTime() > before) continue;
    await objectStore().remove(key);
    await deleteAssetByKey(db(), key);
    removed += 1;
  }
  log().info({ "event.action": "captions.swept", videoId, removed }, "caption files were looked through");
};
