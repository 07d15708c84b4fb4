import { emailTokenSchema } from "#lib/accounts/dto.ts";
import { verifyEmail } from "#lib/accounts/verify-email.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.verifyEmail",
    scope: "public",
    anonymous: true,
    summary: "Confirm an address with the secret of its mail",
    description:
      "Works once, for a day, signed in or not; `forbidden`, with the secret still good, for who is signed in to another account.",
    errors: ["gone", "forbidden"],
    body: emailTokenSchema,
  },
  ({ viewer, body, address }) => verifyEmail({ viewer, ...body, address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
