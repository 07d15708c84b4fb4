import { credentialsSchema, tokenPairSchema } from "#lib/accounts/dto.ts";
import { openProgramSession } from "#lib/accounts/tokens/program-session.ts";
import { clientOf } from "#lib/web/identity/request-client.ts";
import { signIn } from "#lib/web/identity/sign-in.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.token",
    scope: "public",
    summary: "Access and refresh token for credentials",
    description:
      "Opens a session for a program. The access token lives 15 minutes; the refresh token is good once, for `POST /auth/refresh`. `forbidden` tells, after the right password only, that the account waits for approval; `second_factor_required` that it wants a code as `totp` too, or another one.",
    errors: ["unauthenticated", "forbidden", "second_factor_required"],
    identity: "ignore",
    body: credentialsSchema,
    response: tokenPairSchema,
  },
  async ({ body, address, request }) =>
    openProgramSession({ verified: await signIn({ ...body, address }), client: clientOf(request) }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
