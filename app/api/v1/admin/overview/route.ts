import { adminOverviewSchema } from "#lib/admin/dto.ts";
import { getOverview } from "#lib/admin/overview.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.overview",
    scope: "admin:read",
    summary: "What needs an admin",
    description:
      "For admins: what waits for somebody (approvals, failed work and mails) first, then how much there is of everything. `forbidden` for everybody else.",
    errors: ["forbidden"],
    response: adminOverviewSchema,
  },
  ({ viewer }) => getOverview(viewer),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
