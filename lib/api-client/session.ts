import { signIn, signOut } from "next-auth/react";
import { ApiError } from "#lib/api-client/api-error.ts";

/**
 * Signs in with e-mail and password; the browser then holds the session cookie. Throws `ApiError`: `unauthenticated` for
 * a wrong pair, `forbidden` for the right pair of an account that waits for approval, `rate_limited` after too many tries, `network` when the server could not be reached.
 */
export const startSession = async ({ email, password }: { email: string; password: string }): Promise<void> => {
  const answer = await signIn("credentials", { email, password, redirect: false }).catch((cause: unknown) => {
    throw new ApiError({ code: "network", message: "The server could not be reached.", status: 0, cause });
  });
  if (answer?.ok === true && !answer.error) return;
  const limited = answer?.status === 429 || answer?.error === "rate_limited";
  const waits = answer?.status === 403 || answer?.error === "forbidden";
  const code = limited
    ? "rate_limited"
    : waits
      ? "forbidden"
      : (answer?.status ?? 500) >= 500
        ? "unavailable"
        : "unauthenticated";
  throw new ApiError({ code, message: "Signing in failed.", status: answer?.status ?? 0 });
};

/** Ends the session of this browser. Rejects when the server could not be reached. */
export const endSession = async (): Promise<void> => {
  await signOut({ redirect: false });
};
