import { sendMail } from "#lib/mail/send-mail.ts";
import { task } from "#worker/tasks/task.ts";

/** Gives a mail to the SMTP server. */
export const sendMailTask = task("notifications/send-mail", ({ mailId }) => sendMail({ mailId }));
