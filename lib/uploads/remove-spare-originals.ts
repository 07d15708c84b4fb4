import { db } from "#lib/db/client.ts";
import { deleteAsset, listUnusedOriginals, listVideosWithSpareOriginals } from "#lib/db/queries/videos/originals.ts";
import { objectStore } from "#lib/storage/index.ts";

const perRound = 50;

/**
 * Removes kept files that were replaced, and those of replacements that failed and were given up. Bytes first, so that a
 * crash leaves a row that the next round finds. Repeating it is fine.
 */
export const removeSpareOriginals = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
  for (const videoId of await listVideosWithSpareOriginals(db(), perRound)) {
    for (const { id, key } of await listUnusedOriginals(db(), videoId)) {
      signal.throwIfAborted();
      await objectStore().remove(key);
      await deleteAsset(db(), id);
    }
  }
};
