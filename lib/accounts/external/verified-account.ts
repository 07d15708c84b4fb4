import { accountOfUser, statusRefusal } from "#lib/accounts/account-of-session.ts";
import type { Verified } from "#lib/accounts/verify-credentials.ts";
import { db } from "#lib/db/client.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import { AppError } from "#lib/errors.ts";

/**
 * An account that was checked a moment ago, as a session begins with it. Throws `unauthenticated` for one that is gone or
 * may not come in any more.
 */
export const verifiedAccount = async ({
  userId,
  sessionVersion,
}: {
  userId: string;
  sessionVersion: number;
}): Promise<Verified> => {
  const user = await findUser(db(), userId);
  if (user === null) throw new AppError("unauthenticated");
  if (user.status !== "active") throw statusRefusal(user.status);
  return { account: accountOfUser(user), sessionVersion };
};
