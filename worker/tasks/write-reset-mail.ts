import { writeResetMail } from "#lib/accounts/forgot-password.ts";
import { task } from "#worker/tasks/task.ts";

/** Writes the mail for somebody who forgot a password, when there is such an account. */
export const writeResetMailTask = task("accounts/write-reset-mail", ({ email, locale, address }) =>
  writeResetMail({ email, locale, address }),
);
