import { disconnectExternal } from "#lib/accounts/external/connections.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { connectionParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "me.connections.remove",
    scope: "session",
    summary: "Take a service away from your account",
    description:
      "Nobody comes in by it any more, and a mail tells the owner. `conflict` while nothing else is left to sign in with: set a password first.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, address, locale, params: { connectionId } }) =>
    disconnectExternal({ viewer, connectionId, address, locale }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
