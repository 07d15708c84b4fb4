import { changePassword } from "#lib/accounts/change-password.ts";
import type { AccountDto, PasswordChange, SignUpBody } from "#lib/accounts/dto.ts";
import { setUpFirstAdmin } from "#lib/accounts/first-admin.ts";
import { hasSecondFactor, passSecondFactor } from "#lib/accounts/second-factor/check-code.ts";
import { signUp } from "#lib/accounts/sign-up.ts";
import { type Verified, verifyCredentials } from "#lib/accounts/verify-credentials.ts";
import { sessionIdOf } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";
import type { FrameContext } from "#lib/web/frame.ts";
import { renewCookie } from "#lib/web/identity/renew-cookie.ts";
import { addressSubject, giveHitBack, takeHit } from "#lib/web/limits/rate-limit.ts";

/** What somebody signs in with, and from where. */
type SignIn = { email: string; password: string; totp?: string | undefined; address: string };

/**
 * Checks a code of the second factor. Throws `second_factor_required` with `fields` for a wrong one, and `rate_limited`. Wrong codes count by account too, whatever address they come from:
 * who tries them knows the password, so that nobody else can be locked out by it, and there are only a million codes.
 */
export const requireSecondFactor = async ({
  userId,
  totp,
  address,
}: {
  userId: string;
  totp: string;
  address: string;
}) => {
  const hit = { name: "loginPair", subject: `second-factor|${userId}` } as const;
  await takeHit(hit);
  if (!(await passSecondFactor({ userId, code: totp, address }))) {
    throw new AppError("second_factor_required", {
      message: "The code is wrong, too old or was used before.",
      fields: { totp: "code_wrong" },
    });
  }
  await giveHitBack(hit);
};

/**
 * Checks credentials within the limits: ten failures per account and address, thirty per address, in a quarter of an hour.
 * Every door for log-ins by password comes through here. Throws `unauthenticated`, `rate_limited`, and, after the right
 * password only, `second_factor_required`: without `fields` when a code is missing, with them when it is wrong.
 */
export const signIn = async ({ email, password, totp, address }: SignIn): Promise<Verified> => {
  const from = addressSubject(address);
  const hits = [
    { name: "loginAddress", subject: from },
    { name: "loginPair", subject: `${email.trim()}|${from}` },
  ] as const;
  // Counted before the check, so that parallel guesses cannot slip through, and given back when it was no guess.
  for (const hit of hits) await takeHit(hit);
  const verified = await verifyCredentials({ email: email.trim(), password });
  const userId = verified.account.id;
  const asks = await hasSecondFactor(userId);
  if (asks && totp !== undefined) await requireSecondFactor({ userId, totp, address });
  for (const hit of hits) await giveHitBack(hit);
  if (asks && totp === undefined) throw new AppError("second_factor_required");
  return verified;
};

/**
 * Changes the caller's password within the limit of tries, since a stolen session must not be enough to guess it, and gives
 * a browser the cookie with which its session goes on. Throws what `changePassword` throws, and `rate_limited`.
 */
export const changePasswordLimited = async ({
  viewer,
  credential,
  headers,
  locale,
  body: change,
}: Pick<FrameContext, "viewer" | "credential" | "headers" | "locale"> & { body: PasswordChange }): Promise<void> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const hit = { name: "loginPair", subject: `password|${viewer.id}` } as const;
  await takeHit(hit);
  const { sessionVersion } = await changePassword({ viewer, sessionId: sessionIdOf(credential), change, locale });
  await giveHitBack(hit);
  await renewCookie({ viewer, credential, headers, sessionVersion });
};

/**
 * Opens an account within the limits: five per address and hour, and thirty tries, so that the answers about taken names
 * cannot be used to learn who has an account. Throws what `signUp` throws, and `rate_limited`.
 */
export const signUpLimited = async ({
  body,
  address,
  locale,
}: Pick<FrameContext, "address" | "locale"> & { body: SignUpBody }): Promise<AccountDto> => {
  const subject = addressSubject(address);
  await takeHit({ name: "signupTry", subject });
  await takeHit({ name: "signup", subject });
  try {
    return await signUp({ body, locale, address });
  } catch (error) {
    // Only accounts that were opened count against the smaller limit.
    await giveHitBack({ name: "signup", subject });
    throw error;
  }
};

/** Opens the first admin's account within the limit of tries. Throws what `setUpFirstAdmin` throws, and `rate_limited`. */
export const setUpLimited = async ({
  body,
  address,
}: {
  body: SignUpBody & { token: string };
  address: string;
}): Promise<AccountDto> => {
  await takeHit({ name: "signupTry", subject: addressSubject(address) });
  return setUpFirstAdmin(body);
};
