import { type AvatarChoice, type AvatarFailure, avatarChoiceOf } from "#lib/accounts/avatar/avatar-choice.ts";
import { dropPictures } from "#lib/accounts/avatar/drop-pictures.ts";
import { enqueueAvatarSweep } from "#lib/accounts/avatar/queue-avatar.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findUser, lockUser, type UserRow, updateUser } from "#lib/db/queries/accounts/users.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import type { ImageFormat } from "#lib/media/ffmpeg-command.ts";
import { objectStore } from "#lib/storage/index.ts";
import { avatarKey } from "#lib/storage/keys.ts";

/** The picture that was sent, and what it is. */
export type AvatarOrder = { sentKey: string; format: ImageFormat };

/** A made picture, or why there is none. */
export type MadeAvatar = { image: Uint8Array } | { failure: AvatarFailure };

type Ref = { userId: string; avatarId: string };

/** The choice of that id as long as it is still to be made, else null. */
const openChoiceOf = (user: UserRow | null, avatarId: string): AvatarChoice | null => {
  const choice = user === null ? null : avatarChoiceOf(user);
  return choice?.id === avatarId && choice.failureCode === null ? choice : null;
};

/** Shows the made picture when it is still what was sent last, and removes the one before. */
const show = async ({ userId, avatarId }: Ref, image: Uint8Array): Promise<void> => {
  const key = avatarKey({ userId, avatarId });
  // Under a name of its own choice: a second try puts the same bytes.
  await objectStore().put({ key, body: image });
  const before = await transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (openChoiceOf(user, avatarId) === null) return { shown: user?.avatarKey ?? null, replaced: key };
    const stored = { key, sizeBytes: image.byteLength, contentType: "image/webp" };
    await insertAssets(tx, [{ userId, kind: "avatar", ...stored }]);
    await updateUser(tx, { userId, changes: { avatarKey: key, avatarChoice: null } });
    await enqueueAvatarSweep(tx, userId);
    return { shown: key, replaced: user?.avatarKey ?? null };
  });
  // Another run of this job may have shown this very picture.
  if (before.replaced !== before.shown) await dropPictures(before.replaced);
};

const fail = ({ userId, avatarId }: Ref, failureCode: AvatarFailure): Promise<void> =>
  transaction(async (tx) => {
    const choice = openChoiceOf(await lockUser(tx, userId), avatarId);
    if (choice === null) return;
    await updateUser(tx, { userId, changes: { avatarChoice: { ...choice, failureCode } } });
    await enqueueAvatarSweep(tx, userId);
  });

/**
 * Has the sent picture made into the profile picture: `make` gets the order and gives a WebP. Does nothing when another was
 * sent meanwhile, or all were removed. A failure is noted, and the picture before stays. Throws for faults of the machine,
 * which the queue tries again.
 */
export const makeAvatar = async (input: Ref & { make: (order: AvatarOrder) => Promise<MadeAvatar> }): Promise<void> => {
  const { userId, avatarId, make } = input;
  const choice = openChoiceOf(await findUser(db(), userId), avatarId);
  if (choice === null) return;
  const { sentKey, format } = choice;
  const made = await make({ sentKey, format });
  await ("failure" in made ? fail(input, made.failure) : show(input, made.image));
  // Re-encoded or refused, what was sent is of no more use.
  await dropPictures(sentKey);
};
