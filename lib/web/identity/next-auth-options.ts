import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import { credentialsSchema } from "#lib/accounts/dto.ts";
import { logOut } from "#lib/accounts/sessions/end-sessions.ts";
import { type Client, startSession } from "#lib/accounts/sessions/start-session.ts";
import { requireAuthSecret } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import { log } from "#lib/log.ts";
import { type Reception, receiveExternal } from "#lib/web/external/arrive.ts";
import { externalProviders, identityOf } from "#lib/web/external/providers.ts";
import { sessionSeconds, usesSecureCookies } from "#lib/web/identity/session-cookie.ts";
import { signIn } from "#lib/web/identity/sign-in.ts";

/** Keeps redirects on this site: what does not resolve to it leads home. */
export const safeRedirect = ({ url, baseUrl }: { url: string; baseUrl: string }): string => {
  const target = URL.parse(url, baseUrl);
  return target !== null && target.origin === new URL(baseUrl).origin ? target.href : baseUrl;
};

/** Where a refusal that is more than wrong credentials is kept, since next-auth knows only one. */
export type Fault = { error?: AppError };

/** Cookies of ours that go along with next-auth's answer. */
export type Extra = { setCookies?: string[] };

/** What next-auth is told of the request it works on. */
export type SignInRequest = { client: Client; fault: Fault; extra: Extra; headers: Headers; locale: Locale };

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

/** Receives whoever another service vouches for; next-auth has checked state, nonce and code by then. */
const receive = async (
  { client, headers, locale, extra, fault }: SignInRequest,
  { service, answer }: { service: string; answer: unknown },
): Promise<Reception> => {
  try {
    const received = await receiveExternal({ identity: identityOf(service, answer), client, headers, locale });
    extra.setCookies = received.setCookies;
    return received;
  } catch (error) {
    // next-auth would write the fault's text into an address.
    fault.error = error instanceof AppError ? error : new AppError("internal", { cause: error });
    return { goTo: "/login", setCookies: [] };
  }
};

const callbacks = (request: SignInRequest): NonNullable<NextAuthOptions["callbacks"]> => {
  const { address } = request.client;
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
    signIn: async ({ user, account, profile }) => {
      if (account?.type !== "oauth") return true;
      const received = await receive(request, { service: account.provider, answer: profile });
      if ("goTo" in received) return received.goTo;
      Object.assign(user, received.signedIn);
      return true;
    },
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
 * An ended session is no fault of ours; what goes wrong between us and another service is for the operator to see. Only
 * names and texts of faults: what next-auth tells besides may hold tokens.
 */
const reportRefusal = (code: string, told: unknown): void => {
  const facts = { "event.action": "auth.refused", code };
  if (!code.includes("OAUTH")) {
    log().debug(facts, "next-auth refused");
    return;
  }
  const error = told instanceof Error ? told : Object(told).error;
  const detail = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : undefined;
  log().warn({ ...facts, detail, service: Object(told).providerId }, "signing in through another service failed");
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
  providers: [credentials(request), ...externalProviders()],
  callbacks: callbacks(request),
  events: { signOut: ({ token }) => endOnSignOut({ token, fault: request.fault }) },
  logger: {
    error: (code, told) => reportRefusal(code, told),
    warn: (code) => log().debug({ "event.action": "auth.warning", code }, "next-auth warned"),
    debug: () => undefined,
  },
});
