import { signIn, signOut } from "next-auth/react";
import { ApiError } from "#lib/api-client/api-error.ts";
import { signInRefusal } from "#lib/api-client/sign-in-refusal.ts";

/**
 * Signs in with e-mail and password, and a code of the second factor or a recovery code where the account has one; the
 * browser then holds the session cookie. Throws `ApiError`: `unauthenticated` for a wrong pair, `forbidden` for the right
 * pair of an account that waits for approval, `second_factor_required` when the code is missing or wrong, `rate_limited`
 * after too many tries, `cookies_refused` when the browser keeps none, `network` when the server could not be reached.
 */
export const startSession = async (credentials: { email: string; password: string; totp?: string }): Promise<void> => {
  const answer = await signIn("credentials", { ...credentials, redirect: false }).catch((cause: unknown) => {
    throw new ApiError({ code: "network", message: "The server could not be reached.", status: 0, cause });
  });
  const code = signInRefusal(answer);
  if (code === null) return;
  throw new ApiError({ code, message: "Signing in failed.", status: answer?.status ?? 0 });
};

/** Ends the session of this browser. Rejects when the server could not be reached. */
export const endSession = async (): Promise<void> => {
  await signOut({ redirect: false });
};
