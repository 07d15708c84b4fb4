import { emailTokenMinutes, issueEmailToken } from "#lib/accounts/email-tokens.ts";
import { db, transaction } from "#lib/db/client.ts";
import { countRecentEmailTokens } from "#lib/db/queries/accounts/email-tokens.ts";
import { findUserByEmail, lockUser } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/** Who says to have forgotten a password: the address as typed, in which language, and from where. */
export type ForgottenPassword = { email: string; locale: Locale; address: string };

/** More mails than this within an hour are not written to one account, whoever asks for them from wherever. */
const mostPerHour = 5;

/**
 * Takes note that somebody forgot a password. One and the same job is queued for every address, and nothing is looked up
 * here: neither the answer nor its time tells whether there is such an account.
 */
export const askForReset = (asked: ForgottenPassword): Promise<void> =>
  enqueue(db(), "accounts/write-reset-mail", asked);

/**
 * Writes the mail with the link to choose another password, when an active account has that address; the links of earlier
 * ones end. Whoever is suspended or waits for approval gets none.
 */
export const writeResetMail = ({ email, locale, address }: ForgottenPassword): Promise<void> =>
  transaction(async (tx) => {
    const found = await findUserByEmail(tx, email);
    const user = found === null ? null : await lockUser(tx, found.id);
    if (user === null || user.status !== "active") return;
    const userId = user.id;
    const recent = await countRecentEmailTokens(tx, { userId, purpose: "reset_password", seconds: 3600 });
    if (recent >= mostPerHour) return;
    const token = await issueEmailToken(tx, { userId, purpose: "reset_password", email: user.email });
    await queueMail(tx, {
      userId,
      toAddress: user.email,
      locale: user.locale ?? locale,
      kind: "reset_password",
      data: {
        name: user.displayName,
        path: `/reset?${new URLSearchParams({ token })}`,
        minutes: emailTokenMinutes.reset_password,
      },
    });
    // Who asked is not known: anybody can type an address.
    await recordAudit(tx, {
      ...{ actorId: null, action: "account.ask_reset", targetType: "user", targetId: userId, address },
      details: {},
    });
  });
