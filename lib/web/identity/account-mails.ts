import { requestEmailChange } from "#lib/accounts/change-email.ts";
import { askForReset } from "#lib/accounts/forgot-password.ts";
import { requestVerification } from "#lib/accounts/verify-email.ts";
import { AppError } from "#lib/errors.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { withinPasswordTries } from "#lib/web/identity/password-tries.ts";
import { addressSubject, takeHit } from "#lib/web/limits/rate-limit.ts";

type From = Pick<FrameContext, "locale" | "address">;
type Asked = From & Pick<FrameContext, "viewer">;

/** Counts a mail by account and by receiver: neither may somebody write many, nor somebody be written to much. */
const takeMail = async (subjects: readonly string[]): Promise<void> => {
  for (const subject of subjects) await takeHit({ name: "mail", subject });
};

/** Another mail that confirms the caller's address, within the limits. Throws what `requestVerification` throws. */
export const requestVerificationLimited = async ({ viewer, locale, address }: Asked): Promise<void> => {
  if (viewer === null) throw new AppError("unauthenticated");
  // Not by receiver: the address is this account's alone, and whoever else asks for mails to it must not use that up.
  await takeMail([viewer.id]);
  await requestVerification({ viewer, locale, address });
};

/** A mail that changes the caller's address, within the limits. Throws what `requestEmailChange` throws. */
export const requestEmailChangeLimited = ({
  viewer,
  locale,
  address,
  body: change,
}: Asked & { body: { email: string; password: string } }): Promise<void> =>
  withinPasswordTries(viewer, async () => {
    await takeMail([String(viewer?.id), `to|${change.email}`]);
    await requestEmailChange({ viewer, change, locale, address });
  });

/**
 * A mail for somebody who forgot a password, within the limits: by pair of receiver and asking address, so that nobody uses
 * up somebody else's, and by asking address, so that one cannot write to many.
 */
export const askForResetLimited = async ({
  locale,
  address,
  body: { email },
}: From & { body: { email: string } }): Promise<void> => {
  const from = addressSubject(address);
  await takeHit({ name: "signupTry", subject: `reset|${from}` });
  await takeMail([`reset|${email}|${from}`]);
  await askForReset({ email, locale, address });
};
