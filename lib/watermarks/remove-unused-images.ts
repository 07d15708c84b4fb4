import { transaction } from "#lib/db/client.ts";
import { deleteAssetByKey } from "#lib/db/queries/videos/assets.ts";
import { deleteWatermarkRow, findWatermark, wishedImageKeys } from "#lib/db/queries/videos/watermarks.ts";
import { objectStore } from "#lib/storage/index.ts";
import { watermarkPrefix } from "#lib/storage/keys.ts";

const ageOf = (modifiedAt: Date) => Date.now() - modifiedAt.getTime();

/** Bytes on their way into a row are younger than this. */
const settledMs = 30_000;

/**
 * Removes the images of a mark that neither it shows nor any video wishes for nor any run burns in, and the mark itself
 * when it is deleted and nothing is left. Holds the row, so that nobody takes an image into use meanwhile. Repeating it
 * is fine.
 */
export const removeUnusedImages = ({ watermarkId }: { watermarkId: string }): Promise<void> =>
  transaction(async (tx) => {
    const mark = await findWatermark(tx, { watermarkId, lock: "update" });
    if (mark === null) return;
    const wished = await wishedImageKeys(tx, watermarkId);
    const own = mark.deletedAt === null ? [mark.imageKey, mark.sentKey] : [];
    const kept = new Set<string | null>([...wished, ...own]);
    for await (const { key, modifiedAt } of objectStore().list(watermarkPrefix(watermarkId))) {
      const settled = mark.deletedAt !== null || ageOf(modifiedAt) > settledMs;
      if (kept.has(key) || !settled) continue;
      await objectStore().remove(key);
      await deleteAssetByKey(tx, key);
    }
    if (mark.deletedAt !== null && wished.length === 0) await deleteWatermarkRow(tx, watermarkId);
  });
