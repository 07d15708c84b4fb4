import { apiRequest } from "#lib/api-client/request.ts";

/** Confirms the address that a mail's link went to. Throws `ApiError`: `gone`, `forbidden`. */
export const verifyEmail = (token: string): Promise<void> =>
  apiRequest({ path: "/auth/verify-email", method: "POST", body: { token } });

/** Takes the new address that a mail's link went to. Throws `ApiError`: `gone`, `conflict`. */
export const confirmEmailChange = (token: string): Promise<void> =>
  apiRequest({ path: "/me/email/confirm", method: "POST", body: { token } });

/** Has the mail that confirms the signed-in account's address sent again. Throws `ApiError`. */
export const sendVerificationAgain = (): Promise<void> =>
  apiRequest({ path: "/me/email/verification", method: "POST" });

/** Asks for another address. Throws `ApiError` with `fields` (`email`, `password`). */
export const requestEmailChange = (change: { email: string; password: string }): Promise<void> =>
  apiRequest({ path: "/me/email", method: "POST", body: change });

/** Asks for a mail with a link to choose another password; the answer tells nothing. Throws `ApiError`. */
export const askForReset = (email: string): Promise<void> =>
  apiRequest({ path: "/auth/forgot-password", method: "POST", body: { email } });

/** Chooses another password with a mail's secret. Throws `ApiError`: `gone`, or with `fields` (`password`). */
export const resetPassword = (change: { token: string; password: string }): Promise<void> =>
  apiRequest({ path: "/auth/reset-password", method: "POST", body: change });
