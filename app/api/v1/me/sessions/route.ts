import { endedSessionsSchema, sessionListQuery, sessionPageSchema } from "#lib/accounts/dto.ts";
import { revokeOtherSessions } from "#lib/accounts/sessions/end-sessions.ts";
import { listSessions } from "#lib/accounts/sessions/list-sessions.ts";
import { sessionIdOf } from "#lib/accounts/viewer.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.sessions.list",
    scope: "session",
    summary: "Where you are signed in",
    description: "Sessions that hold, newest first; `current` marks the one that asks. Last use is kept to the minute.",
    query: sessionListQuery,
    response: sessionPageSchema,
  },
  ({ viewer, credential, query }) => listSessions({ viewer, currentId: sessionIdOf(credential), query }),
);

export const DELETE = route(
  {
    name: "me.sessions.endOthers",
    scope: "session",
    summary: "End all your other sessions",
    description: "Access and refresh tokens of theirs are refused at once; API tokens stay.",
    response: endedSessionsSchema,
  },
  ({ viewer, credential }) => revokeOtherSessions({ viewer, sessionId: sessionIdOf(credential) }),
);

export const { POST, PUT, PATCH, OPTIONS } = otherMethods("GET", "DELETE");
