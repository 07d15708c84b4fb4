import { type SignInResponse, signIn, signOut } from "next-auth/react";
import { ApiError } from "#lib/api-client/api-error.ts";

/** Codes that the log-in's door names in its answer; everything else is a pair that does not fit. */
const namedCodes: readonly string[] = ["rate_limited", "forbidden", "second_factor_required"];

const codeOf = ({ error, status }: SignInResponse): string => {
  if (error && namedCodes.includes(error)) return error;
  if (status === 429) return "rate_limited";
  return status >= 500 ? "unavailable" : "unauthenticated";
};

/**
 * Signs in with e-mail and password, and a code of the second factor or a recovery code where the account has one; the
 * browser then holds the session cookie. Throws `ApiError`: `unauthenticated` for a wrong pair, `forbidden` for the right
 * pair of an account that waits for approval, `second_factor_required` when the code is missing or wrong, `rate_limited`
 * after too many tries, `network` when the server could not be reached.
 */
export const startSession = async (credentials: { email: string; password: string; totp?: string }): Promise<void> => {
  const answer = await signIn("credentials", { ...credentials, redirect: false }).catch((cause: unknown) => {
    throw new ApiError({ code: "network", message: "The server could not be reached.", status: 0, cause });
  });
  if (answer?.ok === true && !answer.error) return;
  // Without an answer next-auth has sent the browser elsewhere by itself.
  const code = answer === undefined ? "unavailable" : codeOf(answer);
  throw new ApiError({ code, message: "Signing in failed.", status: answer?.status ?? 0 });
};

/** Ends the session of this browser. Rejects when the server could not be reached. */
export const endSession = async (): Promise<void> => {
  await signOut({ redirect: false });
};
