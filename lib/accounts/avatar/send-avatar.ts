import type { AvatarChoice } from "#lib/accounts/avatar/avatar-choice.ts";
import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";
import { enqueueAvatar, enqueueAvatarSweep } from "#lib/accounts/avatar/queue-avatar.ts";
import { toAvatarDto } from "#lib/accounts/avatar/to-avatar-dto.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import { maxImageBytes } from "#lib/media/stills/image-command.ts";
import { type PictureFacts, pictureFacts } from "#lib/media/stills/picture-facts.ts";
import { objectStore } from "#lib/storage/index.ts";
import { sentAvatarKey } from "#lib/storage/keys.ts";
import { dropUnnamed } from "#lib/usage/drop-unnamed.ts";

const maxSide = 16_384;
const maxPixels = 36_000_000;

/** Refuses by the header what a decoder need not see. */
const requirePicture = (bytes: Uint8Array): PictureFacts => {
  const facts = pictureFacts(bytes);
  if (facts === null) {
    throw new AppError("unsupported_media_type", {
      message: "This is no picture that can be read.",
      hint: "Send a JPEG, PNG or WebP picture.",
    });
  }
  if (facts.animated) {
    throw new AppError("unprocessable", { message: "This picture moves.", hint: "Send a still one." });
  }
  const { width, height } = facts;
  if (width < 1 || height < 1 || Math.max(width, height) > maxSide || width * height > maxPixels) {
    throw new AppError("unprocessable", {
      message: `This picture has ${width} × ${height} pixels.`,
      hint: "Send one of at most 36 megapixels; 256 × 256 are enough.",
    });
  }
  return facts;
};

const beginMaking = async (tx: Tx, input: { userId: string; choice: AvatarChoice; sizeBytes: number }) => {
  const { userId, choice, sizeBytes } = input;
  const user = await updateUser(tx, { userId, changes: { avatarChoice: choice } });
  if (user === null) throw new AppError("unauthenticated");
  const contentType = `image/${choice.format}`;
  await insertAssets(tx, [{ userId, kind: "working", key: choice.sentKey, sizeBytes, contentType }]);
  await enqueueAvatar(tx, { userId, avatarId: choice.id });
  // Takes what was sent before and is not wanted any more.
  await enqueueAvatarSweep(tx, userId);
  await recordAudit(tx, {
    ...{ actorId: userId, action: "account.send_avatar", targetType: "user", targetId: userId },
    details: { format: choice.format, sizeBytes },
  });
  return user;
};

/**
 * Takes the caller's profile picture (JPEG, PNG or WebP by its first bytes); a worker makes a clean square of it, and until
 * then the one before stays. `read` gives the bytes, asked for only once the caller may. Throws `unauthenticated`,
 * `too_large`, `unsupported_media_type` for any other bytes, and `unprocessable` for one that moves or has too many pixels.
 */
export const sendAvatar = async (input: {
  viewer: Viewer;
  read: (limit: number) => Promise<Uint8Array>;
  locale: Locale;
}): Promise<AvatarDto> => {
  const { viewer, read, locale } = input;
  if (viewer === null) throw new AppError("unauthenticated");
  const bytes = await read(maxImageBytes);
  const { format } = requirePicture(bytes);
  const userId = viewer.id;
  const id = newId();
  const sentKey = sentAvatarKey({ userId, avatarId: id });
  // First of all: a crash behind the next line leaves bytes of which nobody knows.
  await transaction((tx) => enqueueAvatarSweep(tx, userId));
  await objectStore().put({ key: sentKey, body: bytes });
  const choice: AvatarChoice = { id, sentKey, format, failureCode: null };
  const sizeBytes = bytes.byteLength;
  return transaction(async (tx) => toAvatarDto(await beginMaking(tx, { userId, choice, sizeBytes }), locale)).catch(
    dropUnnamed(sentKey),
  );
};
