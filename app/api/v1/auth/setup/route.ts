import { accountSchema, setupSchema } from "#lib/accounts/dto.ts";
import { setUpLimited } from "#lib/web/identity/sign-in.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.setup",
    scope: "public",
    summary: "Create the first admin",
    description:
      "For the very first account: takes the one-time token of the link that the first start prints, and makes it an admin. `forbidden` for another token, and as soon as there is an admin.",
    errors: ["forbidden", "conflict", "gone"],
    identity: "ignore",
    body: setupSchema,
    response: accountSchema,
    status: 201,
  },
  ({ body, address }) => setUpLimited({ body, address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
