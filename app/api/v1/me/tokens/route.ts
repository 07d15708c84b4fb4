import { apiTokenListSchema, madeApiTokenSchema, newApiTokenSchema } from "#lib/accounts/dto.ts";
import { listApiTokens, makeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import { sessionIdOf } from "#lib/accounts/viewer.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.tokens.list",
    scope: "session",
    summary: "Your API tokens",
    description:
      "Those that were not revoked, newest first, all at once: name, scopes, last use and end, and the beginning of each; the token itself was told when it was made.",
    response: apiTokenListSchema,
  },
  ({ viewer }) => listApiTokens(viewer),
);

export const POST = route(
  {
    name: "me.tokens.make",
    scope: "session",
    summary: "Make an API token",
    description:
      "`token` is in this answer and in no other. A token never does more than its scopes, nor more than its owner may at that moment. A change of password or role and a suspension revoke it. An account has at most 100.",
    errors: ["forbidden", "conflict"],
    body: newApiTokenSchema,
    response: madeApiTokenSchema,
    status: 201,
  },
  ({ viewer, credential, body: token }) => makeApiToken({ viewer, sessionId: sessionIdOf(credential), token }),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
