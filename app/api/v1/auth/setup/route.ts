import { accountSchema, setupSchema } from "#lib/accounts/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";
import { setUpLimited } from "#lib/web/sign-in.ts";

export const POST = route(
  {
    name: "auth.setup",
    scope: "public",
    summary: "Create the first admin",
    description: "Takes the one-time token that the first start prints.",
    errors: ["forbidden", "conflict", "gone"],
    identity: "ignore",
    body: setupSchema,
    response: accountSchema,
    status: 201,
  },
  ({ body, address }) => setUpLimited({ body, address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
