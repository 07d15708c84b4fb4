import { issueAccessToken } from "#lib/accounts/access-token.ts";
import { credentialsSchema, tokenSchema } from "#lib/accounts/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";
import { signIn } from "#lib/web/sign-in.ts";

export const POST = route(
  {
    name: "auth.token",
    scope: "public",
    summary: "Access token for credentials",
    identity: "ignore",
    body: credentialsSchema,
    response: tokenSchema,
  },
  async ({ body, address }) => issueAccessToken(await signIn({ ...body, address })),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
