import type { PasswordChange } from "#lib/accounts/dto.ts";
import { hashPassword, verifyPassword } from "#lib/accounts/password-hash.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import { refusePersonalPassword } from "#lib/accounts/sign-up.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/audit.ts";
import { findUser, lockUser, updateUser } from "#lib/db/queries/users.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Gives the caller another password and ends all other sessions, refresh tokens, access tokens and API tokens. The asking
 * session lives on under the new `sessionVersion`. Throws `unauthenticated`, `invalid_input` with `fields` for a wrong
 * present password or a bad new one, and `conflict` when the password was changed in between.
 */
export const changePassword = async ({
  viewer,
  sessionId,
  change: { currentPassword, newPassword },
}: {
  viewer: Viewer;
  /** The session that asks. */
  sessionId: string | null;
  change: PasswordChange;
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
    return endAllSessions(tx, { userId, reason: "account", exceptSessionId: sessionId ?? undefined });
  });
};
