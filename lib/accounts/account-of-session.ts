import type { Account } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findUser, type UserRow } from "#lib/db/queries/users.ts";

/** The account that a row stands for, without what must not travel. */
export const accountOfUser = (user: UserRow): Account => ({
  id: user.id,
  email: user.email,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  locale: user.locale,
});

/** What has become of a session or token: it holds, its account is suspended, or it ended. */
export type SessionState = { state: "active"; account: Account } | { state: "suspended" } | { state: "ended" };

/**
 * Looks a session's account up, so that suspension, deletion and a raised session version count from the next request on.
 */
export const accountOfSession = async ({
  userId,
  sessionVersion,
}: {
  userId: string;
  sessionVersion: number;
}): Promise<SessionState> => {
  const user = await findUser(db(), userId);
  if (user === null) return { state: "ended" };
  if (user.status === "suspended") return { state: "suspended" };
  if (user.sessionVersion !== sessionVersion) return { state: "ended" };
  return { state: "active", account: accountOfUser(user) };
};
