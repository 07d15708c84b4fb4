import { signIn } from "next-auth/react";
import type { NewConnection } from "#lib/accounts/external/dto.ts";
import { ApiError } from "#lib/api-client/api-error.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/**
 * Leaves the page for another service, to sign in there and come back to `next`, a path of this site. Throws `ApiError`
 * when the server could not be reached.
 */
export const leaveForService = async ({ service, next }: { service: string; next: string }): Promise<void> => {
  await signIn(service, { callbackUrl: next }).catch((cause: unknown) => {
    throw new ApiError({ code: "network", message: "The server could not be reached.", status: 0, cause });
  });
};

/** Ends a log-in at another service with a code of the second factor. Throws `ApiError`. */
export const sendPendingCode = (totp: string): Promise<void> =>
  apiRequest({ path: "/auth/second-factor", method: "POST", body: { totp } });

/** Asks to connect a service; the browser goes there next. Throws `ApiError` with `fields`. */
export const askForConnection = (connection: NewConnection): Promise<void> =>
  apiRequest({ path: "/me/connections", method: "POST", body: connection });

/** Takes a service away from the account. Throws `ApiError`. */
export const removeConnection = (connectionId: string): Promise<void> =>
  apiRequest({ path: `/me/connections/${connectionId}`, method: "DELETE" });
