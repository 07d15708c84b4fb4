import type { AccountDto } from "#lib/accounts/dto.ts";
import { apiRequest } from "#lib/api-client/request.ts";

/** What the sign-up form sends. */
export type SignUpForm = { email: string; username: string; password: string };

/** Opens an account; one whose `status` is `pending` waits for an admin. Throws `ApiError` with `fields` (`email`, `username`, `password`). */
export const signUp = (form: SignUpForm): Promise<AccountDto> =>
  apiRequest({ path: "/auth/signup", method: "POST", body: form });

/** Makes the first admin with the one-time token of the set-up link. Throws `ApiError`. */
export const setUpAdmin = (form: SignUpForm & { token: string }): Promise<AccountDto> =>
  apiRequest({ path: "/auth/setup", method: "POST", body: form });

/** Changes the signed-in account's name, bio and language. Throws `ApiError` with `fields`. */
export const editAccount = (patch: {
  displayName?: string;
  bio?: string;
  locale?: "en" | "uk" | null;
}): Promise<unknown> => apiRequest({ path: "/me", method: "PATCH", body: patch });
