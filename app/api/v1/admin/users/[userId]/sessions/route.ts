import { endedSessionsSchema } from "#lib/admin/dto.ts";
import { endUserSessions } from "#lib/admin/users.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { userParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "admin.users.sessions.end",
    scope: "admin:write",
    summary: "End all that is signed in for an account",
    description: "Sessions, tokens and event streams end within a second. Its owner may sign in again.",
    errors: ["forbidden"],
    params,
    response: endedSessionsSchema,
  },
  ({ viewer, params: { userId } }) => endUserSessions({ viewer, userId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
