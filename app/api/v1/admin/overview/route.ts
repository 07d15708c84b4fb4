import { adminOverviewSchema } from "#lib/admin/dto.ts";
import { getOverview } from "#lib/admin/overview.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.overview",
    scope: "admin:read",
    summary: "What needs an admin",
    description: "Numbers that need action first, then how much there is of everything.",
    errors: ["forbidden"],
    response: adminOverviewSchema,
  },
  ({ viewer }) => getOverview(viewer),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
