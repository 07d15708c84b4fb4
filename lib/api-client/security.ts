import type { ApiTokenDto, MadeApiTokenDto, NewApiToken } from "#lib/accounts/dto.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/** Changes the signed-in account's password; everything else that signs in ends. Throws `ApiError` with `fields`. */
export const changePassword = (change: { currentPassword: string; newPassword: string }): Promise<void> =>
  apiRequest({ path: "/me/password", method: "POST", body: change });

/** Ends one of the person's sessions. Throws `ApiError`. */
export const revokeSession = (sessionId: string): Promise<void> =>
  apiRequest({ path: `/me/sessions/${sessionId}`, method: "DELETE" });

/** Ends all of the person's sessions but this one, and tells how many. Throws `ApiError`. */
export const revokeOtherSessions = (): Promise<{ ended: number }> =>
  apiRequest({ path: "/me/sessions", method: "DELETE" });

/** Makes an API token; the answer is the only one that holds it. Throws `ApiError` with `fields`. */
export const makeApiToken = (token: NewApiToken): Promise<MadeApiTokenDto> =>
  apiRequest({ path: "/me/tokens", method: "POST", body: token });

/** Revokes an API token. Throws `ApiError`. */
export const revokeApiToken = ({ id }: Pick<ApiTokenDto, "id">): Promise<void> =>
  apiRequest({ path: `/me/tokens/${id}`, method: "DELETE" });
