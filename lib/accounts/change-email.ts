import { namingConflicts } from "#lib/accounts/create-account.ts";
import {
  deadLink,
  emailTokenMinutes,
  issueEmailToken,
  readEmailToken,
  spendEmailToken,
} from "#lib/accounts/email-tokens.ts";
import { verifyPassword } from "#lib/accounts/password-hash.ts";
import { isSameAddress } from "#lib/accounts/verify-email.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { endEmailTokens } from "#lib/db/queries/accounts/email-tokens.ts";
import { findTakenNames, findUser, lockUser, type UserRow, updateUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

type Asked = { user: UserRow; email: string; locale: Locale };

const mailNewAddress = async (tx: Tx, { user, email, locale }: Asked): Promise<void> => {
  const token = await issueEmailToken(tx, { userId: user.id, purpose: "change_email", email });
  await queueMail(tx, {
    userId: user.id,
    toAddress: email,
    locale: user.locale ?? locale,
    kind: "change_email",
    data: {
      name: user.displayName,
      path: `/verify-email?${new URLSearchParams({ change: "1", token })}`,
      hours: emailTokenMinutes.change_email / 60,
    },
  });
};

const mailOldAddress = (tx: Tx, { user, email, locale }: Asked): Promise<void> =>
  queueMail(tx, {
    ...{ userId: user.id, toAddress: user.email, locale: user.locale ?? locale },
    ...{ kind: "email_change_asked", data: { name: user.displayName, email } },
  });

/**
 * Asks for another address: a link goes to the new one, a note to the present one; nothing changes before the click. An
 * address that somebody has answers the same and gets no mail, so that nobody learns who has an account. Throws
 * `unauthenticated`, and `invalid_input` with `fields` for a wrong password and the present address.
 */
export const requestEmailChange = async ({
  viewer,
  change: { email, password },
  locale,
  address,
}: {
  viewer: Viewer;
  change: { email: string; password: string };
  locale: Locale;
  address: string;
}): Promise<void> => {
  const known = viewer === null ? null : await findUser(db(), viewer.id);
  if (known === null) throw new AppError("unauthenticated");
  if (!(await verifyPassword({ password, phc: known.passwordHash }))) {
    throw new AppError("invalid_input", { fields: { password: "password_wrong" } });
  }
  if (isSameAddress(known.email, email)) throw new AppError("invalid_input", { fields: { email: "email_same" } });
  await transaction(async (tx) => {
    const user = await lockUser(tx, known.id);
    if (user === null) throw new AppError("unauthenticated");
    const taken = (await findTakenNames(tx, { email, username: "" })).email;
    if (taken) await endEmailTokens(tx, { userId: user.id, purpose: "change_email" });
    else await mailNewAddress(tx, { user, email, locale });
    await mailOldAddress(tx, { user, email, locale });
    await recordAudit(tx, {
      ...{ actorId: user.id, action: "account.ask_email_change", targetType: "user", targetId: user.id, address },
      details: { email },
    });
  });
};

/**
 * Gives the caller's account the address that the link went to, as confirmed, and ends its other mails' links; sessions go
 * on. The link works for its own account alone: somebody who was sent one by mistake or malice cannot hand an address of
 * theirs to a stranger's account by a click. Throws `unauthenticated`, `gone` for a link that does not work here, and
 * `conflict` with `fields` when somebody took the address meanwhile.
 */
export const confirmEmailChange = ({
  viewer,
  token,
  address,
}: {
  viewer: Viewer;
  token: string;
  address: string;
}): Promise<void> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return namingConflicts(() =>
    transaction(async (tx) => {
      const good = await readEmailToken({ token, purpose: "change_email" }, tx);
      const user = good.userId === viewer.id ? await lockUser(tx, good.userId) : null;
      if (user === null) throw deadLink();
      await spendEmailToken(tx, good);
      await updateUser(tx, { userId: user.id, changes: { email: good.email, emailVerifiedAt: new Date() } });
      await endEmailTokens(tx, { userId: user.id });
      await recordAudit(tx, {
        ...{ actorId: user.id, action: "account.change_email", targetType: "user", targetId: user.id, address },
        details: { before: { email: user.email }, after: { email: good.email } },
      });
    }),
  );
};
