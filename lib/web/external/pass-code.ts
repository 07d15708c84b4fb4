import { verifiedAccount } from "#lib/accounts/external/verified-account.ts";
import { type Client, startSession } from "#lib/accounts/sessions/start-session.ts";
import { AppError } from "#lib/errors.ts";
import { pendingSignIn } from "#lib/web/external/sealed-cookie.ts";
import { encodeSession, sessionSetCookie } from "#lib/web/identity/session-cookie.ts";
import { requireSecondFactor } from "#lib/web/identity/sign-in.ts";

const signInAgain = () =>
  new AppError("unauthenticated", {
    message: "It is too long ago that you signed in at the other service.",
    hint: "Sign in there again.",
  });

/**
 * Ends a log-in at another service with the account's own second factor, and gives the cookies of the session. Throws
 * `unauthenticated` when no such log-in is under way, `second_factor_required` with `fields` for a wrong code, and
 * `rate_limited`.
 */
export const passPendingCode = async ({
  headers,
  totp,
  client,
}: {
  headers: Headers;
  totp: string;
  client: Client;
}): Promise<string[]> => {
  const pending = await pendingSignIn.read(headers);
  if (pending === null) throw signInAgain();
  const { userId, sessionVersion } = pending;
  await requireSecondFactor({ userId, totp, address: client.address });
  const verified = await verifiedAccount({ userId, sessionVersion });
  const { sessionId } = await startSession({ verified, kind: "browser", client });
  const cookie = await encodeSession({ sessionId, userId, sessionVersion });
  return [sessionSetCookie(cookie), pendingSignIn.forget()];
};
