import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { browserLife } from "#lib/accounts/sessions/session-life.ts";
import { env, requireAuthSecret } from "#lib/env.ts";
import { idSchema } from "#lib/ids.ts";

/** Seconds a session lasts after its last use. */
export const sessionSeconds = browserLife.idleSeconds;
/** Seconds after which a session in use gets a fresh cookie. */
const renewAfterSeconds = 24 * 3600;

const claimsSchema = z.object({ sub: idSchema, sid: idSchema, sessionVersion: z.number().int(), iat: z.number() });

/** A browser's session: its id, whose it is, and under which version of their sessions the cookie was made. */
export type BrowserSession = { sessionId: string; userId: string; sessionVersion: number };

/** What a session cookie says. */
export type SessionClaims = BrowserSession & { issuedAtSeconds: number };

/** Whether cookies are only sent over TLS: as soon as the instance's own address is https. */
export const usesSecureCookies = (): boolean => env().publicUrl?.startsWith("https://") ?? false;

/** Name of the session cookie, the one next-auth gives it. */
export const sessionCookieName = (): string =>
  usesSecureCookies() ? "__Secure-next-auth.session-token" : "next-auth.session-token";

/** One cookie of a request, or null. */
export const readCookie = (headers: Headers, name: string): string | null => {
  for (const part of (headers.get("cookie") ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
};

/** Whether a session cookie comes along, good or not. */
export const hasSessionCookie = (headers: Headers): boolean => readCookie(headers, sessionCookieName()) !== null;

/** Makes the value of a session cookie: next-auth's own encrypted JWT. */
export const encodeSession = ({ sessionId, userId, sessionVersion }: BrowserSession): Promise<string> =>
  encode({
    token: { sub: userId, sid: sessionId, sessionVersion },
    secret: requireAuthSecret(),
    maxAge: sessionSeconds,
  });

/** Reads a session cookie's value. Null for everything that is forged, broken or expired. */
export const decodeSession = async (value: string): Promise<SessionClaims | null> => {
  let token: unknown;
  try {
    token = await decode({ token: value, secret: requireAuthSecret() });
  } catch {
    // Not ours, or too old: as good as none.
    return null;
  }
  const claims = claimsSchema.safeParse(token);
  if (!claims.success) return null;
  const { sub, sid, sessionVersion, iat } = claims.data;
  return { sessionId: sid, userId: sub, sessionVersion, issuedAtSeconds: iat };
};

const attributes = () => `Path=/; HttpOnly; SameSite=Lax${usesSecureCookies() ? "; Secure" : ""}`;

/** `Set-Cookie` that begins or prolongs a session. */
export const sessionSetCookie = (value: string): string =>
  `${sessionCookieName()}=${value}; Max-Age=${sessionSeconds}; ${attributes()}`;

/** `Set-Cookie` that ends a session in the browser. */
export const sessionClearCookie = (): string => `${sessionCookieName()}=; Max-Age=0; ${attributes()}`;

/** Whether a session in use is old enough for a fresh cookie. */
export const isDueForRenewal = (claims: SessionClaims, now: Date): boolean =>
  now.getTime() / 1000 - claims.issuedAtSeconds > renewAfterSeconds;
