import { db } from "#lib/db/client.ts";
import { deleteAssetByKey } from "#lib/db/queries/videos/assets.ts";
import { objectStore } from "#lib/storage/index.ts";

/** Removes stored pictures and then what counts them; null stands for none. Repeating it is fine. */
export const dropPictures = async (...keys: readonly (string | null)[]): Promise<void> => {
  for (const key of keys) {
    if (key === null) continue;
    await objectStore().remove(key);
    await deleteAssetByKey(db(), key);
  }
};
