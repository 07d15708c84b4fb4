import { revokeSession } from "#lib/accounts/sessions/end-sessions.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { sessionParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "me.sessions.end",
    scope: "session",
    summary: "End one of your sessions",
    description:
      "Its cookie, access and refresh tokens and event streams end within a second. It may be the one that asks. `not_found` for one that has ended or is somebody else's.",
    params,
  },
  ({ viewer, params: { sessionId } }) => revokeSession({ viewer, sessionId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
