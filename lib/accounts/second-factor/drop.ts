import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { findTotp, removeTotp } from "#lib/db/queries/accounts/second-factor.ts";
import { findUserByEmail, lockUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/**
 * Takes the second factor away from an account whose owner lost it: secret and recovery codes go, everything that is signed
 * in ends (the phone that was lost may be), and a mail tells the owner. `actorId` is null for the operator's command line.
 * Throws `not_found`, and `conflict` when there is none.
 */
export const dropSecondFactor = async (
  tx: Tx,
  { userId, actorId }: { userId: string; actorId: string | null },
): Promise<void> => {
  const user = await lockUser(tx, userId);
  if (user === null) throw new AppError("not_found");
  const row = await findTotp(tx, { userId, lock: true });
  if (row === null || row.confirmedAt === null) {
    throw new AppError("conflict", { message: "This account has no second factor." });
  }
  await removeTotp(tx, userId);
  await endAllSessions(tx, { userId, reason: "account" });
  await recordAudit(tx, { actorId, action: "account.second_factor_drop", targetType: "user", targetId: userId });
  await queueMail(tx, {
    ...{ userId, toAddress: user.email, locale: user.locale ?? defaultLocale },
    ...{ kind: "second_factor_changed", data: { name: user.displayName, change: "off" } },
  });
};

/** The same for the command line, by address. Throws like `dropSecondFactor`. */
export const dropSecondFactorOf = (email: string): Promise<void> =>
  transaction(async (tx) => {
    const user = await findUserByEmail(tx, email);
    if (user === null) throw new AppError("not_found", { message: "There is no account with this address." });
    await dropSecondFactor(tx, { userId: user.id, actorId: null });
  });
