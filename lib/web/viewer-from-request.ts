import { viewerFromAccessToken } from "#lib/accounts/access-token.ts";
import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { decodeSession, readCookie, type SessionClaims, sessionCookieName } from "#lib/web/session-cookie.ts";

/** Who asks, and when a cookie says so, what is in it. */
export type Identity = { viewer: Viewer; session: SessionClaims | null };

const bearer = /^bearer(?:\s+(.*))?$/i;

/**
 * Who a request comes from, by its Bearer token or else its session cookie, checked against the database. Throws
 * `unauthenticated` for a Bearer token that is not good and for a suspended account's cookie, on public routes too; a
 * cookie that is broken or ended counts as none, so that a browser with an old one can still look around and sign in.
 */
export const identify = async (headers: Headers): Promise<Identity> => {
  const match = bearer.exec(headers.get("authorization") ?? "");
  if (match !== null) return { viewer: await viewerFromAccessToken(match[1] ?? ""), session: null };
  const cookie = readCookie(headers, sessionCookieName());
  const session = cookie === null ? null : await decodeSession(cookie);
  if (session === null) return { viewer: null, session: null };
  const found = await accountOfSession(session);
  if (found.state === "suspended") throw new AppError("unauthenticated", { message: "This account is suspended." });
  return found.state === "active" ? { viewer: found.account, session } : { viewer: null, session: null };
};

/** The viewer of a request; see `identify`. */
export const viewerFromRequest = async (request: Request): Promise<Viewer> => (await identify(request.headers)).viewer;
