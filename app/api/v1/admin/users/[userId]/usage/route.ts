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
    description:
      "For admins: the same as `GET /me/usage` tells the account itself. Stored bytes by kind and video, what uploads have reserved, what was begun today and delivered this month, and delivered bytes by day for 30 or 90 `days`.",
    params,
    query: usageQuerySchema,
    response: usageSchema,
  },
  ({ viewer, params: { userId }, query }) => getUsageOf({ viewer, userId, days: Number(query.days) }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
