import { lockStanding } from "#lib/accounts/standing.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { endEmailTokens } from "#lib/db/queries/accounts/email-tokens.ts";
import { emptyRejectedAccount } from "#lib/db/queries/accounts/rejected-accounts.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findLastMailLocale } from "#lib/db/queries/notifications/mails.ts";
import { AppError } from "#lib/errors.ts";
import { defaultLocale } from "#lib/i18n/locale.ts";
import { queueMail } from "#lib/notifications/queue-mail.ts";

/**
 * Turns an account away that waits for approval: it goes, its links end, its address and names are free again, and a mail
 * tells so. Audited. Throws `unauthenticated`, `forbidden` for whoever is no admin, `not_found`, and `conflict` for an
 * account that does not wait: whoever was let in is suspended instead.
 */
export const rejectAccount = ({
  viewer,
  userId,
  reason,
}: {
  viewer: Viewer;
  userId: string;
  /** Told to whoever asked for the account; kept in the audit log. */
  reason?: string | undefined;
}): Promise<void> =>
  transaction(async (tx) => {
    const { user, actorId } = await lockStanding(tx, { viewer, userId });
    if (user.status !== "pending") {
      throw new AppError("conflict", {
        message: "This account does not wait for approval.",
        hint: "Suspend it instead.",
      });
    }
    const locale = user.locale ?? (await findLastMailLocale(tx, userId)) ?? defaultLocale;
    await endEmailTokens(tx, { userId });
    await emptyRejectedAccount(tx, userId);
    await recordAudit(tx, {
      actorId,
      action: "account.reject",
      targetType: "user",
      targetId: userId,
      before: { status: user.status, username: user.username, email: user.email },
      details: reason === undefined ? {} : { reason },
    });
    await queueMail(tx, {
      ...{ userId, toAddress: user.email, locale, kind: "account_rejected" },
      data: { name: user.displayName, reason: reason ?? "" },
    });
  });
