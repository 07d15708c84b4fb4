import { deadLink, readEmailToken, spendEmailToken } from "#lib/accounts/email-tokens.ts";
import { hashPassword } from "#lib/accounts/password-hash.ts";
import { endAllSessions } from "#lib/accounts/sessions/end-sessions.ts";
import { refusePersonalPassword } from "#lib/accounts/sign-up.ts";
import { isSameAddress } from "#lib/accounts/verify-email.ts";
import { db, transaction } from "#lib/db/client.ts";
import { endEmailTokens, type GoodEmailToken } from "#lib/db/queries/accounts/email-tokens.ts";
import { deleteOAuthAccounts } from "#lib/db/queries/accounts/oauth-accounts.ts";
import { removeTotp } from "#lib/db/queries/accounts/second-factor.ts";
import { findUser, lockUser, type UserRow, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

type Change = { good: GoodEmailToken; passwordHash: string; locale: Locale; address: string };

const holds = (user: UserRow | null, good: GoodEmailToken): user is UserRow =>
  user !== null && user.status === "active" && isSameAddress(user.email, good.email);

const change = ({ good, passwordHash, locale, address }: Change): Promise<void> =>
  transaction(async (tx) => {
    const { userId } = good;
    const user = await lockUser(tx, userId);
    if (!holds(user, good)) throw deadLink();
    await spendEmailToken(tx, good);
    // Who opened the link reads the address's mail.
    await updateUser(tx, { userId, changes: { passwordHash, emailVerifiedAt: user.emailVerifiedAt ?? new Date() } });
    // Until now anybody may have opened the account with this address, and connected a log-in or an app of theirs.
    if (user.emailVerifiedAt === null) {
      await deleteOAuthAccounts(tx, userId);
      await removeTotp(tx, userId);
    }
    await endAllSessions(tx, { userId, reason: "account" });
    await endEmailTokens(tx, { userId });
    await recordAudit(tx, {
      ...{ actorId: userId, action: "account.reset_password", targetType: "user", targetId: userId, address },
      details: {},
    });
    await queueMail(tx, {
      ...{ userId, toAddress: user.email, locale: user.locale ?? locale },
      ...{ kind: "password_changed", data: { name: user.displayName } },
    });
  });

/**
 * Gives an account another password with the secret of a mail, and ends all that signs in for it: sessions, access,
 * refresh and API tokens, and other mails' links; of an address that nobody had confirmed also log-ins at other services and
 * the second factor, for whoever opened the account may be somebody else; otherwise the second factor stays. Throws `gone`
 * for a link that does not work, and `invalid_input` with `fields`, leaving the link as it is, for a password that is the
 * account's own name.
 */
export const resetPassword = async ({
  token,
  password,
  locale,
  address,
}: {
  token: string;
  password: string;
  locale: Locale;
  address: string;
}): Promise<void> => {
  const good = await readEmailToken({ token, purpose: "reset_password" });
  const user = await findUser(db(), good.userId);
  if (!holds(user, good)) throw deadLink();
  refusePersonalPassword({ email: user.email, username: user.username, password });
  // The slow part stays outside of the transaction; only holders of a good link get this far.
  await change({ good, passwordHash: await hashPassword(password), locale, address });
};
