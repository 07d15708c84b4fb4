import { standingPatchSchema, standingSchema } from "#lib/accounts/dto.ts";
import { editStanding } from "#lib/accounts/standing.ts";
import { adminUserSchema } from "#lib/admin/dto.ts";
import { getUser } from "#lib/admin/users.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { userParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.users.get",
    scope: "admin:read",
    summary: "An account",
    description:
      "With its channels and how much is signed in for it. Its usage and limits have addresses of their own.",
    errors: ["forbidden"],
    params,
    response: adminUserSchema,
  },
  ({ viewer, params: { userId } }) => getUser({ viewer, userId }),
);

export const PATCH = route(
  {
    name: "admin.users.edit",
    scope: "admin:write",
    summary: "Change an account's role or status",
    description:
      "A change of role and a suspension (which needs a `reason`) end all sessions, tokens and event streams of the account within a second. `active` approves an account that waits, or restores one that was suspended. The last admin cannot be removed.",
    errors: ["forbidden", "conflict"],
    params,
    body: standingPatchSchema,
    response: standingSchema,
  },
  ({ viewer, params: { userId }, body: patch }) => editStanding({ viewer, userId, patch }),
);

export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");
