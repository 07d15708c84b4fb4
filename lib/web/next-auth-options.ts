import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import { credentialsSchema } from "#lib/accounts/dto.ts";
import { logOut } from "#lib/accounts/sessions/end-sessions.ts";
import { type Client, startSession } from "#lib/accounts/sessions/start-session.ts";
import { requireAuthSecret } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { sessionSeconds, usesSecureCookies } from "#lib/web/session-cookie.ts";
import { signIn } from "#lib/web/sign-in.ts";

/** Keeps redirects on this site: what does not resolve to it leads home. */
export const safeRedirect = ({ url, baseUrl }: { url: string; baseUrl: string }): string => {
  const target = URL.parse(url, baseUrl);
  return target !== null && target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
};

/** Where a refusal that is more than wrong credentials is kept, since next-auth knows only one. */
export type Fault = { error?: AppError };

/** What next-auth is told of the request it works on. */
export type SignInRequest = { client: Client; fault: Fault };

const credentials = ({ client, fault }: SignInRequest) =>
  CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" }, totp: { type: "text" } },
    authorize: async (given) => {
      const { email, password, totp } = given ?? {};
      const parsed = credentialsSchema.safeParse({ email, password, totp: totp === "" ? undefined : totp });
      if (!parsed.success) return null;
      try {
        const verified = await signIn({ ...parsed.data, address: client.address });
        const { sessionId } = await startSession({ verified, kind: "browser", client });
        return { id: verified.account.id, sid: sessionId, sessionVersion: verified.sessionVersion };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code !== "unauthenticated") fault.error = error;
        return null;
      }
    },
  });

const claimsSchema = z.object({ sub: idSchema, sid: idSchema, sessionVersion: z.number().int() });
const signedInSchema = z.object({ id: idSchema, sid: idSchema, sessionVersion: z.number().int() });

const callbacks = (address: string): NonNullable<NextAuthOptions["callbacks"]> => {
  const holding = async (token: unknown) => {
    const claims = claimsSchema.safeParse(token);
    if (!claims.success) throw new AppError("unauthenticated");
    const { sub, sid, sessionVersion } = claims.data;
    const found = await accountOfSession({ sessionId: sid, userId: sub, sessionVersion, address });
    if (found.state !== "active") throw new AppError("unauthenticated");
    return { claims: claims.data, account: found.account };
  };
  return {
    redirect: safeRedirect,
    jwt: async ({ token, user }) => {
      const signedIn = signedInSchema.safeParse(user);
      if (!signedIn.success) return (await holding(token)).claims;
      const { id, sid, sessionVersion } = signedIn.data;
      return { sub: id, sid, sessionVersion };
    },
    session: async ({ session, token }) => {
      const { id, username, displayName, role } = (await holding(token)).account;
      return { expires: session.expires, user: { id, name: displayName, username, role } };
    },
  };
};

/** next-auth clears the cookie and swallows what goes wrong here, so that it is kept for the answer. */
const endOnSignOut = async ({ token, fault }: { token: unknown; fault: Fault }) => {
  const claims = claimsSchema.safeParse(token);
  if (!claims.success) return;
  try {
    await logOut(claims.data.sid);
  } catch (error) {
    fault.error = error instanceof AppError ? error : new AppError("internal", { cause: error });
  }
};

/**
 * next-auth's configuration for one request: credentials through the same limiter as every log-in, short rolling JWT
 * sessions that are checked against the database whenever they are read, redirects that stay on this site.
 */
export const nextAuthOptions = (request: SignInRequest): NextAuthOptions => ({
  secret: requireAuthSecret(),
  useSecureCookies: usesSecureCookies(),
  session: { strategy: "jwt", maxAge: sessionSeconds },
  pages: { signIn: "/login", error: "/login" },
  providers: [credentials(request)],
  callbacks: callbacks(request.client.address),
  events: { signOut: ({ token }) => endOnSignOut({ token, fault: request.fault }) },
  logger: {
    // An ended session is no fault of ours.
    error: (code) => log().debug({ "event.action": "auth.refused", code }, "next-auth refused"),
    warn: (code) => log().debug({ "event.action": "auth.warning", code }, "next-auth warned"),
    debug: () => undefined,
  },
});
