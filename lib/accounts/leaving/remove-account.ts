import { removalKey } from "#lib/accounts/leaving/leave.ts";
import { db, transaction } from "#lib/db/client.ts";
import {
  beginRemoval,
  forgetPerson,
  listAllVideosOf,
  listDueLeavers,
  listMarksOf,
  listOwnObjects,
  markMarksDeleted,
} from "#lib/db/queries/accounts/leaving.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { deleteAssetByKey } from "#lib/db/queries/videos/assets.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { objectStore } from "#lib/storage/index.ts";
import { eraseVideo } from "#lib/videos/purge-video.ts";
import { enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";

/** One round of upkeep queues at most so many. */
const perRound = 50;

/**
 * Removes an account whose grace time is over: its videos with all their files, what is stored for itself, and last its
 * person. An interrupted removal goes on where it stopped, because the names go last. Does nothing for an account that was
 * taken back. Repeating it is fine.
 */
export const removeAccount = async ({ userId, signal }: { userId: string; signal: AbortSignal }): Promise<void> => {
  if (!(await beginRemoval(db(), userId))) {
    log().info({ "event.action": "account.removal_skipped", userId }, "nobody is to be removed");
    return;
  }
  for (const videoId of await listAllVideosOf(db(), userId)) {
    await eraseVideo({ videoId, signal, mayGo: () => true });
  }
  for (const key of await listOwnObjects(db(), userId)) {
    signal.throwIfAborted();
    await objectStore().remove(key);
    await deleteAssetByKey(db(), key);
  }
  await transaction(async (tx) => {
    await markMarksDeleted(tx, userId);
    for (const watermarkId of await listMarksOf(tx, userId)) await enqueueUnusedRemoval(tx, watermarkId);
    await forgetPerson(tx, userId);
    await recordAudit(tx, {
      ...{ actorId: null, action: "account.remove", targetType: "user", targetId: userId },
      details: {},
    });
  });
  log().info({ "event.action": "account.removed", userId }, "an account was removed");
};

/** Upkeep: queues the removal of accounts whose grace time is over, should the job of their leaving be lost. */
export const removeDueAccounts = async (): Promise<void> => {
  for (const userId of await listDueLeavers(db(), { limit: perRound })) {
    await enqueue(db(), "accounts/remove", { userId }, { key: removalKey(userId), priority: 10 });
  }
};
