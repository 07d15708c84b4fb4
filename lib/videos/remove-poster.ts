import { db, type Tx } from "#lib/db/client.ts";
import { deleteAssetByKey } from "#lib/db/queries/videos/assets.ts";
import { isPosterShown } from "#lib/db/queries/videos/posters.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { objectStore } from "#lib/storage/index.ts";
import { chosenPosterKey } from "#lib/storage/keys.ts";
import { posterFiles } from "#lib/videos/poster-files.ts";

// Lists and pages that were drawn before go on asking for the old one.
const graceSeconds = 24 * 3600;

/** Whether somebody chose it: the others go with their runs. */
const isChosen = ({ videoId, key }: { videoId: string; key: string }): boolean =>
  key.startsWith(chosenPosterKey({ videoId, posterId: "" }).replace(/\.jpg$/, ""));

/** Queues the removal of a chosen poster that was replaced, in the transaction that replaced it. */
export const enqueuePosterRemoval = async (
  tx: Tx,
  { videoId, key }: { videoId: string; key: string | null },
): Promise<void> => {
  if (key === null || !isChosen({ videoId, key })) return;
  const runAt = new Date(Date.now() + graceSeconds * 1000);
  await enqueue(tx, "videos/remove-poster", { videoId, key }, { key: `remove-poster:${key}`, runAt, priority: 10 });
};

/** Removes a chosen poster, unless the video shows it (again). Repeating it is fine. */
export const removePoster = async ({ videoId, key }: { videoId: string; key: string }): Promise<void> => {
  if (!isChosen({ videoId, key }) || (await isPosterShown(db(), key))) return;
  for (const file of posterFiles(key)) {
    await objectStore().remove(file);
    await deleteAssetByKey(db(), file);
  }
};
