import { createAccount } from "#lib/accounts/create-account.ts";
import type { AccountDto, SignUpBody } from "#lib/accounts/dto.ts";
import { toAccountDto } from "#lib/accounts/to-account-dto.ts";
import { db } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** Throws `invalid_input` when the password is the account's own name or address. */
export const refusePersonalPassword = ({ email, username, password }: SignUpBody): void => {
  const lower = password.toLowerCase();
  const personal = [email, email.split("@")[0] ?? email, username].some((word) => word.toLowerCase() === lower);
  if (personal) throw new AppError("invalid_input", { fields: { password: "password_personal" } });
};

/**
 * Opens an account with the role that this instance gives (`SIGNUP_ROLE`). The page and `POST /auth/signup` both come
 * here. Throws `forbidden` while sign-up is closed, `invalid_input` or `conflict` with `fields`.
 */
export const signUp = async (body: SignUpBody): Promise<AccountDto> => {
  const { signup, signupRole } = env();
  if (signup === "closed") {
    throw new AppError("forbidden", {
      message: "This instance takes no new accounts.",
      hint: "Ask its operator for an account.",
    });
  }
  refusePersonalPassword(body);
  return toAccountDto(db(), await createAccount({ ...body, role: signupRole }));
};
