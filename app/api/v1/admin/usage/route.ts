import { adminUsageQuerySchema, adminUsageSchema } from "#lib/admin/dto.ts";
import { getInstanceUsage } from "#lib/admin/instance-usage.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.usage",
    scope: "admin:read",
    summary: "What the instance stores and delivers",
    description:
      "For admins: stored and delivered bytes of all accounts by day (UTC), and the accounts that store or deliver most.",
    errors: ["forbidden"],
    query: adminUsageQuerySchema,
    response: adminUsageSchema,
  },
  ({ viewer, query }) => getInstanceUsage({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
