import type { DbOrTx } from "#lib/db/client.ts";
import { insertMail } from "#lib/db/queries/notifications/mails.ts";
import { env } from "#lib/env.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { composeMail } from "#lib/mail/compose-mail.ts";
import { mailJobKey } from "#lib/mail/mail-job-key.ts";
import type { MailData, MailKind } from "#lib/mail/mail-kinds.ts";
import { siteAddress } from "#lib/mail/site-address.ts";

/** A mail to write. */
export type NewMail<Kind extends MailKind> = {
  /** Null for somebody without an account. */
  userId: string | null;
  toAddress: string;
  locale: Locale;
  kind: Kind;
  data: MailData<Kind>;
  /** Signed right to switch this kind off (lib/mail/unsubscribe-token.ts); only for kinds one can do without. */
  unsubscribeToken?: string;
  /** The same mail asked for twice under one key is one. */
  dedupeKey?: string;
};

/**
 * Writes a mail and queues its sending, in the caller's transaction. Without an SMTP server it is held, to be read in the
 * admin's outbox. Throws `ZodError` when the data does not fit the kind.
 */
export const queueMail = async <Kind extends MailKind>(tx: DbOrTx, mail: NewMail<Kind>): Promise<void> => {
  const { userId, toAddress, locale, kind, data, unsubscribeToken, dedupeKey } = mail;
  const mailId = newId();
  const state = env().smtp === null ? "held" : "queued";
  const { subject, text, html } = composeMail({
    ...{ kind, data, locale },
    unsubscribeUrl: unsubscribeToken === undefined ? null : siteAddress(`/unsubscribe/${unsubscribeToken}`),
  });
  const written = await insertMail(tx, {
    ...{ id: mailId, userId, toAddress, kind, locale, subject, state },
    bodyText: text,
    bodyHtml: html,
    // Mail programs post to this one; people open the page of the same name.
    ...(unsubscribeToken === undefined
      ? {}
      : { unsubscribeUrl: siteAddress(`/api/v1/unsubscribe/${unsubscribeToken}`) }),
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
  });
  if (!written) return;
  if (state === "queued") await enqueue(tx, "notifications/send-mail", { mailId }, { key: mailJobKey(mailId) });
  // Neither the text nor the receiver: a log is read by more people than a mail is for.
  else log().info({ "event.action": "mail.held", mailId, kind }, "a mail is held: no SMTP server is configured");
};
