import "server-only";
import { cookies } from "next/headers";
import { cache } from "react";
import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeSession, sessionCookieName } from "#lib/web/session-cookie.ts";

/**
 * Who looks at a page, by the session cookie, checked against the database once per render. Null for nobody, and for
 * sessions that ended or whose account is suspended.
 */
export const currentViewer = cache(async (): Promise<Viewer> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const session = cookie === undefined ? null : await decodeSession(cookie);
  if (session === null) return null;
  const found = await accountOfSession(session);
  return found.state === "active" ? found.account : null;
});
