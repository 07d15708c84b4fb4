import { revokeSession } from "#lib/accounts/sessions/end-sessions.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { sessionParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  { name: "me.sessions.end", scope: "session", summary: "End one of your sessions", params },
  ({ viewer, params: { sessionId } }) => revokeSession({ viewer, sessionId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
