import { createAccount } from "#lib/accounts/create-account.ts";
import type { AccountDto, SignUpBody } from "#lib/accounts/dto.ts";
import { toAccountDto } from "#lib/accounts/to-account-dto.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";

/** Throws `invalid_input`, filed under `field`, when the password is the account's own name or address. */
export const refusePersonalPassword = ({ email, username, password }: SignUpBody, field = "password"): void => {
  const lower = password.toLowerCase();
  const personal = [email, email.split("@")[0] ?? email, username].some((word) => word.toLowerCase() === lower);
  if (personal) throw new AppError("invalid_input", { fields: { [field]: "password_personal" } });
};

/**
 * Opens an account with the role that this instance gives (`SIGNUP_ROLE`, or what an admin has set since), and writes the
 * mail that confirms its address. Where an admin has to approve new accounts it waits for that and may not sign in. The
 * page and `POST /auth/signup` both come here. Throws `forbidden` while sign-up is closed, `invalid_input` or `conflict`
 * with `fields`.
 */
export const signUp = async ({
  body,
  locale,
  address,
}: {
  body: SignUpBody;
  locale: Locale;
  address: string;
}): Promise<AccountDto> => {
  const { signUpMode, signUpRole: role } = await instanceSettings();
  if (signUpMode === "closed") {
    throw new AppError("forbidden", {
      message: "This instance takes no new accounts.",
      hint: "Ask its operator for an account.",
    });
  }
  refusePersonalPassword(body);
  const status = signUpMode === "approval" ? "pending" : "active";
  return toAccountDto(db(), await createAccount({ ...body, role, status, verifyIn: locale, address }));
};
