import { avatarChoiceOf } from "#lib/accounts/avatar/avatar-choice.ts";
import { avatarUrlOf } from "#lib/accounts/avatar/avatar-url.ts";
import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";
import type { UserRow } from "#lib/db/queries/accounts/users.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";

/** The profile picture as its account learns of it. */
export const toAvatarDto = (user: UserRow, locale: Locale): AvatarDto => {
  const choice = avatarChoiceOf(user);
  const code = choice?.failureCode ?? null;
  const text = translator({ locale, namespace: "avatars" });
  return {
    avatarUrl: avatarUrlOf(user),
    making: choice !== null && code === null,
    failure:
      code === null ? null : { code, message: text(`failures.${code}.message`), hint: text(`failures.${code}.hint`) },
  };
};
