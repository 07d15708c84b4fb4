import { disconnectExternal } from "#lib/accounts/external/connections.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { connectionParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "me.connections.remove",
    scope: "session",
    summary: "Take a service away from your account",
    description: "Refused with `conflict` while nothing else is left to sign in with.",
    errors: ["conflict"],
    params,
  },
  ({ viewer, address, locale, params: { connectionId } }) =>
    disconnectExternal({ viewer, connectionId, address, locale }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
