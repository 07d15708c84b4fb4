import { browserLife } from "#lib/accounts/sessions/session-life.ts";
import type { Account } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findSession, type SessionUser, touchSession } from "#lib/db/queries/accounts/sessions.ts";
import { AppError } from "#lib/errors.ts";

/** The account that a row stands for, without what must not travel. */
export const accountOfUser = (user: SessionUser): Account => ({
  id: user.id,
  email: user.email,
  username: user.username,
  displayName: user.displayName,
  role: user.role,
  locale: user.locale,
  emailVerifiedAt: user.emailVerifiedAt,
});

/**
 * What has become of a session: it holds, its account may not come in, or it ended. `leaving`: it holds, but all that it is
 * good for is to take the account's deletion back.
 */
export type SessionState =
  | { state: "active"; account: Account }
  | { state: "suspended" | "pending" | "leaving" | "ended" };

/** What a cookie or an access token says of itself, and where it came from. */
export type SessionClaim = { sessionId: string; userId: string; sessionVersion: number; address: string };

/**
 * Looks a session and its account up, in one query, so that log-out, revoking, suspension and a raised session version
 * count from the next request on. Writes its use down, at most once a minute.
 */
export const accountOfSession = async ({
  sessionId,
  userId,
  sessionVersion,
  address,
}: SessionClaim): Promise<SessionState> => {
  const found = await findSession(db(), sessionId);
  if (found === null || found.user.id !== userId) return { state: "ended" };
  const { session, user } = found;
  if (user.status !== "active") return { state: user.status };
  if (!session.holds || user.sessionVersion !== sessionVersion) return { state: "ended" };
  if (session.isDueForWriting) {
    // A program's session is prolonged by its refresh tokens alone.
    await touchSession(db(), { sessionId, address, life: session.kind === "browser" ? browserLife : null });
  }
  return user.deletionRequestedAt === null ? { state: "active", account: accountOfUser(user) } : { state: "leaving" };
};

const refusals = {
  suspended: { message: "This account is suspended.", hint: "Ask an admin." },
  pending: { message: "This account waits for an admin's approval.", hint: "Try again when it was approved." },
  leaving: { message: "This account is being deleted.", hint: "Take that back: POST /api/v1/me/restore." },
} as const;

/** The refusal of somebody whose account may not come in. */
export const statusRefusal = (status: keyof typeof refusals): AppError =>
  new AppError("unauthenticated", refusals[status]);
