import { apiRequest } from "#lib/api-client/request.ts";

/** What the sign-up form sends. */
export type SignUpForm = { email: string; username: string; password: string };

/** Opens an account. Throws `ApiError` with `fields` (`email`, `username`, `password`). */
export const signUp = (form: SignUpForm): Promise<unknown> =>
  apiRequest({ path: "/auth/signup", method: "POST", body: form });
