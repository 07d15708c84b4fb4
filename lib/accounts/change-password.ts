import type { PasswordChange } from "#lib/accounts/dto.ts";
import { hashPassword, verifyPassword } from "#lib/accounts/password-hash.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import { refusePersonalPassword } from "#lib/accounts/sign-up.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { endEmailTokens } from "#lib/db/queries/accounts/email-tokens.ts";
import { findUser, lockUser, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/**
 * Gives the caller another password and ends all other sessions, refresh tokens, access tokens, API tokens and links of
 * mails that would change how they sign in; a mail tells of it. The asking
 * session lives on under the new `sessionVersion`. Throws `unauthenticated`, `invalid_input` with `fields` for a wrong
 * present password or a bad new one, and `conflict` when the password was changed in between.
 */
export const changePassword = async ({
  viewer,
  sessionId,
  change: { currentPassword, newPassword },
  locale,
}: {
  viewer: Viewer;
  /** The session that asks. */
  sessionId: string | null;
  change: PasswordChange;
  /** Language of the mail that tells of it, for an account that chose none. */
  locale: Locale;
}): Promise<{ sessionVersion: number }> => {
  const user = viewer === null ? null : await findUser(db(), viewer.id);
  if (user === null) throw new AppError("unauthenticated");
  if (!(await verifyPassword({ password: currentPassword, phc: user.passwordHash }))) {
    throw new AppError("invalid_input", { fields: { currentPassword: "password_wrong" } });
  }
  const { id: userId, email, username } = user;
  refusePersonalPassword({ email, username, password: newPassword }, "newPassword");
  const passwordHash = await hashPassword(newPassword);
  return transaction(async (tx) => {
    const now = await lockUser(tx, userId);
    if (now === null) throw new AppError("unauthenticated");
    // Whoever changed it in between has proven the newer one.
    if (now.passwordHash !== user.passwordHash) throw new AppError("conflict");
    await updateUser(tx, { userId, changes: { passwordHash } });
    await recordAudit(tx, {
      actorId: userId,
      action: "account.password",
      targetType: "user",
      targetId: userId,
      details: {},
    });
    // What somebody who knew the old one asked for must not come after the new one.
    for (const purpose of ["reset_password", "change_email"] as const) await endEmailTokens(tx, { userId, purpose });
    await queueMail(tx, {
      ...{ userId, toAddress: now.email, locale: now.locale ?? locale },
      ...{ kind: "password_changed", data: { name: now.displayName } },
    });
    return endAllSessions(tx, { userId, reason: "account", exceptSessionId: sessionId ?? undefined });
  });
};
