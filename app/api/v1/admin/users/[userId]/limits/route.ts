import { editLimits, getLimits } from "#lib/usage/admin-limits.ts";
import { limitsPatchSchema, limitsSchema } from "#lib/usage/dto.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { userParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.users.limits",
    scope: "admin:read",
    summary: "An account's limits",
    description:
      "For admins: storage quota, daily upload and monthly delivery in bytes. `own` is null where the account follows the instance's settings; `effective` is what holds, null for no limit.",
    params,
    response: limitsSchema,
  },
  ({ viewer, params: { userId } }) => getLimits({ viewer, userId }),
);

export const PATCH = route(
  {
    name: "admin.users.limits.edit",
    scope: "admin:write",
    summary: "Change an account's limits",
    description:
      "Storage quota, daily upload and monthly delivery in bytes; null follows the instance's settings again. What is stored beyond a lower quota stays, only new uploads are refused.",
    params,
    body: limitsPatchSchema,
    response: limitsSchema,
  },
  ({ viewer, params: { userId }, body: patch }) => editLimits({ viewer, userId, patch }),
);

export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");
