import { accountSchema, signUpSchema } from "#lib/accounts/dto.ts";
import { signUpLimited } from "#lib/web/identity/sign-in.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.signup",
    scope: "public",
    summary: "Create an account",
    description:
      "Sends a mail that confirms the address. Where sign-up needs an admin's approval the account's `status` is `pending`, and it cannot sign in until it was approved.",
    errors: ["forbidden", "conflict"],
    identity: "ignore",
    body: signUpSchema,
    response: accountSchema,
    status: 201,
  },
  signUpLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
