import { accountOfUser } from "#lib/accounts/account-of-session.ts";
import { verifyPassword } from "#lib/accounts/password-hash.ts";
import type { Account } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findUserByEmail } from "#lib/db/queries/accounts/users.ts";
import { AppError } from "#lib/errors.ts";

/** A good log-in: who it is and under which session version it starts. */
export type Verified = { account: Account; sessionVersion: number };

/**
 * Checks an address and a password. Throws one and the same `unauthenticated`, after the same work, for an unknown
 * address, a wrong password and a suspended account; `forbidden`, after the right password only, for an account that waits
 * for approval.
 */
export const verifyCredentials = async ({
  email,
  password,
}: {
  email: string;
  password: string;
}): Promise<Verified> => {
  const user = await findUserByEmail(db(), email);
  const fits = await verifyPassword({ password, phc: user?.passwordHash ?? null });
  if (user === null || !fits || user.status === "suspended") {
    throw new AppError("unauthenticated", {
      message: "The address or the password is wrong.",
      hint: "Check both and try again.",
    });
  }
  // Only whoever knows the password learns that the account is there and waits.
  if (user.status === "pending") {
    throw new AppError("forbidden", {
      message: "This account waits for an admin's approval.",
      hint: "Try again when it was approved.",
    });
  }
  return { account: accountOfUser(user), sessionVersion: user.sessionVersion };
};
