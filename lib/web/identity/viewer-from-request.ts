import { accountOfAccessToken, sessionOfAccessToken } from "#lib/accounts/access-token.ts";
import { accountOfSession, statusRefusal } from "#lib/accounts/account-of-session.ts";
import { accountOfApiToken, looksLikeApiToken } from "#lib/accounts/tokens/account-of-api-token.ts";
import type { Credential, Viewer } from "#lib/accounts/viewer.ts";
import { isSafeMethod } from "#lib/web/check-origin.ts";
import { decodeSession, readCookie, type SessionClaims, sessionCookieName } from "#lib/web/identity/session-cookie.ts";
import { clientAddress } from "#lib/web/request-address.ts";

/** Who asks, by what they are known, and what is in their cookie when it is that. */
export type Identity = { viewer: Viewer; credential: Credential; cookie: SessionClaims | null };

/** Nobody. */
export const nobody: Identity = { viewer: null, credential: { kind: "none" }, cookie: null };

const bearer = /^bearer(?:\s+(.*))?$/i;

/** The Bearer token of a request, or null. */
const bearerOf = (headers: Headers): string | null => {
  const match = bearer.exec(headers.get("authorization") ?? "");
  return match === null ? null : (match[1] ?? "").trim();
};

const cookieOf = async (headers: Headers): Promise<SessionClaims | null> => {
  const cookie = readCookie(headers, sessionCookieName());
  return cookie === null ? null : decodeSession(cookie);
};

const identifyBearer = async (token: string, { headers, method }: Request): Promise<Identity> => {
  const address = clientAddress(headers);
  if (looksLikeApiToken(token)) {
    const writes = !isSafeMethod(method);
    const { account, tokenId, scopes } = await accountOfApiToken({ token, address, writes });
    return { viewer: account, credential: { kind: "api_token", tokenId, scopes }, cookie: null };
  }
  const { account, sessionId } = await accountOfAccessToken({ token, address });
  return { viewer: account, credential: { kind: "program", sessionId }, cookie: null };
};

/**
 * Who a request comes from, by its Bearer token (an access token or an API token) or else its session cookie, checked
 * against the database. Throws `unauthenticated` for a Bearer token that is not good and for the cookie of an account that
 * may not come in, on public routes too; a cookie that is broken or ended counts as none, so that a browser with an old one
 * can still look around and sign in.
 */
export const identify = async (request: Request): Promise<Identity> => {
  const token = bearerOf(request.headers);
  if (token !== null) return identifyBearer(token, request);
  const cookie = await cookieOf(request.headers);
  if (cookie === null) return nobody;
  const found = await accountOfSession({ ...cookie, address: clientAddress(request.headers) });
  // Whoever is leaving looks around like anybody, and is offered to stay.
  if (found.state === "ended" || found.state === "leaving") return nobody;
  if (found.state !== "active") throw statusRefusal(found.state);
  return { viewer: found.account, credential: { kind: "browser", sessionId: cookie.sessionId }, cookie };
};

/** The viewer of a request; see `identify`. */
export const viewerFromRequest = async (request: Request): Promise<Viewer> => (await identify(request)).viewer;

/**
 * The session that a request comes with, whether it still holds or not, for leaving it; null for none. Throws
 * `unauthenticated` for a Bearer token that is no good access token.
 */
export const sessionToLeave = async ({ headers }: Request): Promise<string | null> => {
  const token = bearerOf(headers);
  if (token !== null) return sessionOfAccessToken(token);
  return (await cookieOf(headers))?.sessionId ?? null;
};
