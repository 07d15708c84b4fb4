import { revokeApiToken } from "#lib/accounts/tokens/api-tokens.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { apiTokenParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "me.tokens.revoke",
    scope: "session",
    summary: "Revoke an API token",
    description:
      "It is refused from then on, and event streams that it opened end within a second. `not_found` for one that is revoked already or somebody else's.",
    params,
  },
  ({ viewer, params: { tokenId } }) => revokeApiToken({ viewer, tokenId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
