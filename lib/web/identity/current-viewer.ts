import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import { leavingOfSession } from "#lib/accounts/leaving/stay.ts";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { decodeSession, sessionCookieName } from "#lib/web/identity/session-cookie.ts";
import { clientAddress } from "#lib/web/request-address.ts";

/**
 * Who looks at a page and by which session, by the session cookie, checked against the database once per render. Null for
 * nobody, and for sessions that ended or whose account is suspended.
 */
export const currentSession = cache(async (): Promise<{ account: Account; sessionId: string } | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const claims = cookie === undefined ? null : await decodeSession(cookie);
  if (claims === null) return null;
  const found = await accountOfSession({ ...claims, address: clientAddress(await headers()) });
  return found.state === "active" ? { account: found.account, sessionId: claims.sessionId } : null;
});

/** When the account of whoever looks at a page is removed, by a session that began while it is leaving; null for everybody else. */
export const currentLeaving = cache(async (): Promise<{ removedAt: Date } | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const claims = cookie === undefined ? null : await decodeSession(cookie);
  return claims === null ? null : leavingOfSession(claims.sessionId);
});

/** Who looks at a page; see `currentSession`. */
export const currentViewer = async (): Promise<Viewer> => (await currentSession())?.account ?? null;
