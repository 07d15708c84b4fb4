import { listConnections } from "#lib/accounts/external/connections.ts";
import { connectionListSchema, newConnectionSchema } from "#lib/accounts/external/dto.ts";
import { beginConnection } from "#lib/web/external/begin-connection.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.connections.list",
    scope: "session",
    summary: "By which services you can sign in",
    description:
      "Services that are connected, those that could be, and whether the account has a password. Services are those that the operator has configured.",
    response: connectionListSchema,
  },
  ({ viewer }) => listConnections(viewer),
);

export const POST = route(
  {
    name: "me.connections.begin",
    scope: "session",
    summary: "Ask to connect a service",
    description:
      "For this site's own pages. Checks that the account's owner is there; the browser then signs in at the service within ten minutes, in the same session, and comes back connected. Needs a browser's session.",
    errors: ["forbidden"],
    body: newConnectionSchema,
  },
  beginConnection,
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
