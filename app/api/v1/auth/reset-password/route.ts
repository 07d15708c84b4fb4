import { resetPasswordSchema } from "#lib/accounts/dto.ts";
import { resetPassword } from "#lib/accounts/reset-password.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.resetPassword",
    scope: "public",
    summary: "Choose another password with the secret of a mail",
    description:
      "Ends everything that signs in for the account: sessions, access, refresh and API tokens. The second factor stays as it is. Confirms the address, since the mail was read.",
    errors: ["gone"],
    identity: "ignore",
    body: resetPasswordSchema,
  },
  ({ body, locale, address }) => resetPassword({ ...body, locale, address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
