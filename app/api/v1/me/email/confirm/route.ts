import { confirmEmailChange } from "#lib/accounts/change-email.ts";
import { emailTokenSchema } from "#lib/accounts/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.email.confirm",
    scope: "session",
    summary: "Take the new address with the secret of its mail",
    description:
      "Works once, for a day, and only for the account that asked; for every other it is `gone`. Sessions go on; the links of the account's other mails end.",
    errors: ["gone", "conflict"],
    body: emailTokenSchema,
  },
  ({ viewer, body, address }) => confirmEmailChange({ viewer, ...body, address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
