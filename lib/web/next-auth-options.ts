import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import { credentialsSchema } from "#lib/accounts/dto.ts";
import { requireAuthSecret } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
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

const credentials = (address: string, fault: Fault) =>
  CredentialsProvider({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (given) => {
      const parsed = credentialsSchema.safeParse({ email: given?.email, password: given?.password });
      if (!parsed.success) return null;
      try {
        const { account, sessionVersion } = await signIn({ ...parsed.data, address });
        return { id: account.id, sessionVersion };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code !== "unauthenticated") fault.error = error;
        return null;
      }
    },
  });

const callbacks: NonNullable<NextAuthOptions["callbacks"]> = {
  redirect: safeRedirect,
  jwt: async ({ token, user }) => {
    if (user !== undefined && "sessionVersion" in user) return { sub: user.id, sessionVersion: user.sessionVersion };
    const found = await accountOfSession({ userId: token.sub ?? "", sessionVersion: Number(token.sessionVersion) });
    if (found.state !== "active") throw new AppError("unauthenticated");
    return { sub: found.account.id, sessionVersion: Number(token.sessionVersion) };
  },
  session: async ({ session, token }) => {
    const found = await accountOfSession({ userId: token.sub ?? "", sessionVersion: Number(token.sessionVersion) });
    if (found.state !== "active") throw new AppError("unauthenticated");
    const { id, username, displayName, role } = found.account;
    return { expires: session.expires, user: { id, name: displayName, username, role } };
  },
};

/**
 * next-auth's configuration for one request: credentials through the same limiter as every log-in, short rolling JWT
 * sessions that are checked against the database whenever they are read, redirects that stay on this site.
 */
export const nextAuthOptions = ({ address, fault }: { address: string; fault: Fault }): NextAuthOptions => ({
  secret: requireAuthSecret(),
  useSecureCookies: usesSecureCookies(),
  session: { strategy: "jwt", maxAge: sessionSeconds },
  pages: { signIn: "/login", error: "/login" },
  providers: [credentials(address, fault)],
  callbacks,
  logger: {
    // An ended session is no fault of ours.
    error: (code) => log().debug({ "event.action": "auth.refused", code }, "next-auth refused"),
    warn: (code) => log().debug({ "event.action": "auth.warning", code }, "next-auth warned"),
    debug: () => undefined,
  },
});
