import { avatarChoiceOf } from "#lib/accounts/avatar/avatar-choice.ts";
import { dropPictures } from "#lib/accounts/avatar/drop-pictures.ts";
import { enqueueAvatarSweep } from "#lib/accounts/avatar/queue-avatar.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { lockUser, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Takes the caller's profile picture away, and one that is being made; without any nothing happens. Its bytes go at once;
 * should this process end first, a sweep takes them. Throws `unauthenticated` for nobody.
 */
export const removeAvatar = async (viewer: Viewer): Promise<void> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const userId = viewer.id;
  const before = await transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (user === null) throw new AppError("unauthenticated");
    const choice = avatarChoiceOf(user);
    if (user.avatarKey === null && choice === null) return null;
    await updateUser(tx, { userId, changes: { avatarKey: null, avatarChoice: null } });
    await enqueueAvatarSweep(tx, userId);
    await recordAudit(tx, {
      ...{ actorId: userId, action: "account.remove_avatar", targetType: "user", targetId: userId },
      details: {},
    });
    return { avatarKey: user.avatarKey, sentKey: choice?.sentKey ?? null };
  });
  if (before !== null) await dropPictures(before.avatarKey, before.sentKey);
};
