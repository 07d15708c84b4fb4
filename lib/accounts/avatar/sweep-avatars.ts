import { avatarChoiceOf } from "#lib/accounts/avatar/avatar-choice.ts";
import { transaction } from "#lib/db/client.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { deleteAssetByKey } from "#lib/db/queries/videos/assets.ts";
import { objectStore } from "#lib/storage/index.ts";
import { avatarsPrefix } from "#lib/storage/keys.ts";

/** Bytes on their way into a row are younger than this. */
const settledMs = 30_000;

/**
 * Removes the pictures of an account that it neither shows nor has made from; all of an account that is gone. It takes what
 * an interrupted sending, making or removal left. Repeating it is fine.
 */
export const sweepAvatars = ({ userId }: { userId: string }): Promise<void> =>
  transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    const choice = user === null ? null : avatarChoiceOf(user);
    const kept = new Set([user?.avatarKey, choice?.failureCode === null ? choice.sentKey : null]);
    for await (const { key, modifiedAt } of objectStore().list(avatarsPrefix(userId))) {
      if (kept.has(key) || Date.now() - modifiedAt.getTime() < settledMs) continue;
      await objectStore().remove(key);
      await deleteAssetByKey(tx, key);
    }
  });
