import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";
import { toAvatarDto } from "#lib/accounts/avatar/to-avatar-dto.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";

/** The caller's profile picture, and what became of the last one that was sent. Throws `unauthenticated` for nobody. */
export const getAvatar = async ({ viewer, locale }: { viewer: Viewer; locale: Locale }): Promise<AvatarDto> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  return toAvatarDto(user, locale);
};
