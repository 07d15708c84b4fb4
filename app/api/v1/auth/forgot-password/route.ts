import { forgotPasswordSchema } from "#lib/accounts/dto.ts";
import { askForResetLimited } from "#lib/web/identity/account-mails.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.forgotPassword",
    scope: "public",
    summary: "Ask for a mail that lets you choose another password",
    description:
      "Answers the same, after the same work, whether or not there is such an account. The link works once, for an hour, and ends the links of earlier mails. Accounts that are suspended or wait for approval get none. Three mails in a quarter of an hour for one address, from one address.",
    identity: "ignore",
    body: forgotPasswordSchema,
    status: 202,
  },
  askForResetLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
