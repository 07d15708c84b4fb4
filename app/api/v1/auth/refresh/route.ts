import { refreshSchema, tokenPairSchema } from "#lib/accounts/dto.ts";
import { refreshSession } from "#lib/accounts/tokens/program-session.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.refresh",
    scope: "public",
    summary: "A new pair of tokens for a refresh token",
    description:
      "Each refresh token is good once. Using one again ends its session with all that came of it, because one of the two users stole it; there is no grace for an answer that was lost. A session lasts 30 days after its last refresh, 90 at most.",
    errors: ["unauthenticated"],
    identity: "ignore",
    body: refreshSchema,
    response: tokenPairSchema,
  },
  ({ body, address }) => refreshSession({ ...body, address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
