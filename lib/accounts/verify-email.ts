import {
  deadLink,
  emailTokenMinutes,
  issueEmailToken,
  readEmailToken,
  spendEmailToken,
} from "#lib/accounts/email-tokens.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { lockUser, type UserRow, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/** Whether two addresses are one, as the table sees it. */
export const isSameAddress = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Writes the mail that asks an account's owner to confirm its address; the account's row must be held. */
export const queueVerification = async (tx: Tx, { user, locale }: { user: UserRow; locale: Locale }): Promise<void> => {
  const token = await issueEmailToken(tx, { userId: user.id, purpose: "verify_email", email: user.email });
  await queueMail(tx, {
    userId: user.id,
    toAddress: user.email,
    locale: user.locale ?? locale,
    kind: "verify_email",
    data: {
      name: user.displayName,
      path: `/verify-email?${new URLSearchParams({ token })}`,
      hours: emailTokenMinutes.verify_email / 60,
    },
  });
};

/**
 * Writes the caller another mail that confirms the address; the link of the earlier one ends. Throws `unauthenticated`,
 * and `conflict` when the address is confirmed.
 */
export const requestVerification = ({
  viewer,
  locale,
  address,
}: {
  viewer: Viewer;
  locale: Locale;
  address: string;
}): Promise<void> =>
  transaction(async (tx) => {
    const user = viewer === null ? null : await lockUser(tx, viewer.id);
    if (user === null) throw new AppError("unauthenticated");
    if (user.emailVerifiedAt !== null) throw new AppError("conflict", { message: "Your address is confirmed." });
    await queueVerification(tx, { user, locale });
    await recordAudit(tx, {
      ...{ actorId: user.id, action: "account.ask_verification", targetType: "user", targetId: user.id, address },
      details: {},
    });
  });

/**
 * Confirms the address that a mail went to. Whoever has the link may do so, signed in or not, but nobody for another's
 * account: throws `gone` for a link that does not work, and `forbidden`, leaving the link as it is, for a caller who is
 * signed in to another account.
 */
export const verifyEmail = ({
  viewer,
  token,
  address,
}: {
  viewer: Viewer;
  token: string;
  address: string;
}): Promise<void> =>
  transaction(async (tx) => {
    const good = await readEmailToken({ token, purpose: "verify_email" }, tx);
    if (viewer !== null && viewer.id !== good.userId) {
      throw new AppError("forbidden", {
        message: "This link belongs to another account.",
        hint: "Sign in to that account, or sign out, and open the link again.",
      });
    }
    const user = await lockUser(tx, good.userId);
    if (user === null || !isSameAddress(user.email, good.email)) throw deadLink();
    await spendEmailToken(tx, good);
    await updateUser(tx, { userId: user.id, changes: { emailVerifiedAt: new Date() } });
    await recordAudit(tx, {
      ...{ actorId: user.id, action: "account.verify_email", targetType: "user", targetId: user.id, address },
      details: { email: user.email },
    });
  });
