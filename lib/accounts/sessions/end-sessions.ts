import type { Viewer } from "#lib/accounts/viewer.ts";
import { type DbOrTx, type Tx, transaction } from "#lib/db/client.ts";
import { notifyAccessChange } from "#lib/db/queries/accounts/access-changes.ts";
import { revokeApiTokenRows } from "#lib/db/queries/accounts/api-tokens.ts";
import { endSessionRow, endSessionRows } from "#lib/db/queries/accounts/sessions.ts";
import { raiseSessionVersion } from "#lib/db/queries/accounts/users.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { AppError } from "#lib/errors.ts";

/** Why a session ended: its owner left, its owner took it away, the account changed, a refresh token came twice. */
export type EndReason = "logout" | "revoked" | "account" | "reuse";

/**
 * Ends all that signs in for an account: sessions, access tokens, refresh tokens and API tokens, and with the commit every
 * process ends its event streams. `exceptSessionId` lives on, but needs a cookie of the new `sessionVersion`. For
 * suspension, changes of role and password, and whatever else changes who holds the account; `keepApiTokens` where only
 * how people sign in changes.
 */
export const endAllSessions = async (
  tx: Tx,
  {
    userId,
    reason,
    exceptSessionId,
    keepApiTokens = false,
  }: { userId: string; reason: EndReason; exceptSessionId?: string | undefined; keepApiTokens?: boolean },
): Promise<{ sessionVersion: number }> => {
  // First, so that a log-in that is under way finds the version raised, or is seen by what comes next.
  const sessionVersion = await raiseSessionVersion(tx, userId);
  await endSessionRows(tx, { userId, reason, exceptSessionId });
  if (!keepApiTokens) await revokeApiTokenRows(tx, userId);
  await notifyAccessChange(tx, userId);
  return { sessionVersion };
};

/** Ends one session, whoever asks; nothing happens when it has ended already. */
export const endSession = async (
  tx: DbOrTx,
  { sessionId, reason }: { sessionId: string; reason: EndReason },
): Promise<void> => {
  const ended = await endSessionRow(tx, { sessionId, reason });
  if (ended !== null) await notifyAccessChange(tx, ended.userId);
};

/** Ends the session that somebody leaves by themselves. */
export const logOut = (sessionId: string): Promise<void> =>
  transaction((tx) => endSession(tx, { sessionId, reason: "logout" }));

const audit = (
  tx: Tx,
  { userId, action, details }: { userId: string; action: string; details: Record<string, unknown> },
): Promise<void> => recordAudit(tx, { actorId: userId, action, targetType: "user", targetId: userId, details });

/** Ends one of the caller's sessions. Throws `unauthenticated` and `not_found`. */
export const revokeSession = async ({ viewer, sessionId }: { viewer: Viewer; sessionId: string }): Promise<void> => {
  if (viewer === null) throw new AppError("unauthenticated");
  await transaction(async (tx) => {
    const ended = await endSessionRow(tx, { sessionId, userId: viewer.id, reason: "revoked" });
    if (ended === null) throw new AppError("not_found");
    await notifyAccessChange(tx, viewer.id);
    await audit(tx, { userId: viewer.id, action: "account.end_session", details: { sessionId } });
  });
};

/** Ends all of the caller's sessions but the one that asks, and tells how many. Throws `unauthenticated`. */
export const revokeOtherSessions = async ({
  viewer,
  sessionId,
}: {
  viewer: Viewer;
  /** Null for a caller without a session, who then keeps none. */
  sessionId: string | null;
}): Promise<{ ended: number }> => {
  if (viewer === null) throw new AppError("unauthenticated");
  return transaction(async (tx) => {
    const ended = await endSessionRows(tx, {
      userId: viewer.id,
      reason: "revoked",
      exceptSessionId: sessionId ?? undefined,
    });
    await notifyAccessChange(tx, viewer.id);
    const details = { sessions: ended };
    if (ended > 0) await audit(tx, { userId: viewer.id, action: "account.end_other_sessions", details });
    return { ended };
  });
};
