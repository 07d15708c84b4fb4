import { emailChangeSchema } from "#lib/accounts/dto.ts";
import { requestEmailChangeLimited } from "#lib/web/identity/account-mails.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.email",
    scope: "session",
    summary: "Ask for another address for your account",
    description:
      "Mails a link to the new address and a note to the present one. Nothing changes before `POST /me/email/confirm`. An address that another account has answers the same and gets no mail.",
    body: emailChangeSchema,
    status: 202,
  },
  requestEmailChangeLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
