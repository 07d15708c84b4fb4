import { usageQuerySchema, usageSchema } from "#lib/usage/dto.ts";
import { getUsageOf } from "#lib/usage/get-usage.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { userParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.users.usage",
    scope: "admin:read",
    summary: "What an account stores, uploads and delivers",
    params,
    query: usageQuerySchema,
    response: usageSchema,
  },
  ({ viewer, params: { userId }, query }) => getUsageOf({ viewer, userId, days: Number(query.days) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
