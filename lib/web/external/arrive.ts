import { accountOfSession } from "#lib/accounts/account-of-session.ts";
import { type Admission, admitExternal, isKnownExternal } from "#lib/accounts/external/admit.ts";
import { connectExternal } from "#lib/accounts/external/connections.ts";
import type { ExternalIdentity } from "#lib/accounts/external/identity.ts";
import { type Client, startSession } from "#lib/accounts/sessions/start-session.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { pendingLink, pendingSignIn } from "#lib/web/external/sealed-cookie.ts";
import { decodeSession, readCookie, sessionCookieName, usesSecureCookies } from "#lib/web/identity/session-cookie.ts";
import { addressSubject, giveHitBack, takeHit } from "#lib/web/limits/rate-limit.ts";

/** A browser that comes back from another service. */
export type Return = { identity: ExternalIdentity; client: Client; locale: Locale; headers: Headers };

/**
 * What happens with it: a session, or another page of this site (an address without the site's own), with cookies that go
 * along either way.
 */
export type Reception =
  | { signedIn: { id: string; sid: string; sessionVersion: number }; setCookies: string[] }
  | { goTo: string; setCookies: string[] };

/** Where the browser wanted to go when it left for the service, within this site; next-auth has checked it. */
const wantedPage = (headers: Headers): string => {
  const name = `${usesSecureCookies() ? "__Secure-" : ""}next-auth.callback-url`;
  // Unlike decodeURIComponent this never throws, whatever somebody wrote into the cookie.
  const url = URL.parse(new URLSearchParams(`at=${readCookie(headers, name) ?? ""}`).get("at") ?? "");
  return url === null ? "/" : `${url.pathname}${url.search}`;
};

const securityPage = "/settings/security";

/** Accounts that are opened this way count like every other sign-up from the address. */
const admitLimited = async ({ identity, client, locale }: Return): Promise<Admission> => {
  const arrival = { identity, locale, address: client.address };
  if (await isKnownExternal(identity)) return admitExternal(arrival);
  const subject = addressSubject(client.address);
  await takeHit({ name: "signupTry", subject });
  await takeHit({ name: "signup", subject });
  const admission = await admitExternal(arrival).catch(async (error: unknown) => {
    await giveHitBack({ name: "signup", subject });
    throw error;
  });
  // Refused, but opened: one that waits for approval counts as well, for every admin is told of it.
  const opened = admission.outcome !== "refused" || (await isKnownExternal(identity));
  if (!opened) await giveHitBack({ name: "signup", subject });
  return admission;
};

const refusal = (code: string): Reception => ({
  goTo: `/login?${new URLSearchParams({ error: code })}`,
  setCookies: [],
});

const signIn = async (arrived: Return): Promise<Reception> => {
  const admission = await admitLimited(arrived);
  if (admission.outcome === "refused") return refusal(`external_${admission.reason}`);
  const { account, sessionVersion } = admission.verified;
  if (admission.outcome === "second_factor") {
    return {
      goTo: `/login/code?${new URLSearchParams({ next: wantedPage(arrived.headers) })}`,
      setCookies: [await pendingSignIn.remember({ userId: account.id, sessionVersion })],
    };
  }
  const { sessionId } = await startSession({ verified: admission.verified, kind: "browser", client: arrived.client });
  return { signedIn: { id: account.id, sid: sessionId, sessionVersion }, setCookies: [] };
};

/** Whose browser it is by its session, when that holds. */
const ownerOf = async ({ headers, client }: Return): Promise<{ userId: string; sessionId: string } | null> => {
  const cookie = readCookie(headers, sessionCookieName());
  const claims = cookie === null ? null : await decodeSession(cookie);
  if (claims === null) return null;
  const found = await accountOfSession({ ...claims, address: client.address });
  return found.state === "active" ? { userId: claims.userId, sessionId: claims.sessionId } : null;
};

const link = async (arrived: Return, userId: string): Promise<Reception> => {
  const { identity, client, locale } = arrived;
  const outcome = await connectExternal({ userId, identity, address: client.address, locale });
  const search = new URLSearchParams({ connection: outcome });
  return { goTo: `${securityPage}?${search}`, setCookies: [pendingLink.forget()] };
};

/**
 * Receives a browser for which another service has vouched: signs it in, asks for its second factor, connects the service
 * with the account that has just asked for it, or leads to a page that says why not.
 */
export const receiveExternal = async (arrived: Return): Promise<Reception> => {
  try {
    const wish = await pendingLink.read(arrived.headers);
    const owner = wish?.provider === arrived.identity.provider ? await ownerOf(arrived) : null;
    // Only in the very session that asked: who signed in to another account meanwhile signs in, and connects nothing.
    if (wish !== null && owner?.userId === wish.userId && owner.sessionId === wish.sessionId) {
      return await link(arrived, owner.userId);
    }
    return await signIn(arrived);
  } catch (error) {
    if (error instanceof AppError && error.code === "rate_limited") return refusal("rate_limited");
    throw error;
  }
};
