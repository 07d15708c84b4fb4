import { type Tx, transaction } from "#lib/db/client.ts";
import { endMailAttempt, lockQueuedMail, type MailRow } from "#lib/db/queries/notifications/mails.ts";
import { env } from "#lib/env.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { mailJobKey } from "#lib/mail/mail-job-key.ts";
import { isMailKind, mailKinds } from "#lib/mail/mail-kinds.ts";
import { mailRetryDelayMs } from "#lib/mail/retry-schedule.ts";
import { type SendOutcome, sendBySmtp } from "#lib/mail/smtp.ts";

const isSecret = (kind: string) => isMailKind(kind) && mailKinds[kind].secret;

const attempt = (mail: MailRow): Promise<SendOutcome> => {
  const { smtp } = env();
  // The settings of this process and of the one that wrote it differ; when they agree again it goes.
  if (smtp === null) return Promise.resolve({ outcome: "later", error: "SMTP_URL is not set for this worker" });
  const { id, toAddress, subject, bodyText: text, bodyHtml: html, unsubscribeUrl } = mail;
  return sendBySmtp(smtp, { id, toAddress, subject, text, html, unsubscribeUrl });
};

const settle = async (tx: Tx, mail: MailRow, result: SendOutcome): Promise<void> => {
  const facts = { mailId: mail.id, kind: mail.kind, attempts: mail.attempts + 1 };
  if (result.outcome === "sent") {
    await endMailAttempt(tx, { mailId: mail.id, state: "sent", error: null, forgetText: isSecret(mail.kind) });
    log().info({ "event.action": "mail.sent", ...facts }, "a mail was sent");
    return;
  }
  const delayMs = result.outcome === "refused" ? null : mailRetryDelayMs(facts.attempts);
  const state = delayMs === null ? "failed" : "queued";
  await endMailAttempt(tx, { mailId: mail.id, state, error: result.error, forgetText: false });
  if (delayMs === null) {
    log().error({ "event.action": "mail.failed", ...facts, outcome: result.outcome }, "a mail will not be sent");
    return;
  }
  const runAt = new Date(Date.now() + delayMs);
  await enqueue(tx, "notifications/send-mail", { mailId: mail.id }, { key: mailJobKey(mail.id), runAt });
  log().warn({ "event.action": "mail.delayed", ...facts, delayMs }, "a mail could not be sent for now");
};

/**
 * Sends a mail that waits, once: its row stays locked while the server is spoken to, so a second job for the same mail goes
 * away. What the server refuses for good fails at once; everything else is tried again for a day. Only when the process or
 * the database is lost between the server's "taken" and our commit does the mail go out again, with the same Message-ID.
 */
export const sendMail = ({ mailId }: { mailId: string }): Promise<void> =>
  transaction(async (tx) => {
    const mail = await lockQueuedMail(tx, mailId);
    if (mail !== null) await settle(tx, mail, await attempt(mail));
  });
