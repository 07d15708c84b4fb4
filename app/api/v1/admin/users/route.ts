import { adminUserPageSchema, adminUserQuerySchema } from "#lib/admin/dto.ts";
import { listUsers } from "#lib/admin/users.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.users",
    scope: "admin:read",
    summary: "Accounts",
    errors: ["forbidden"],
    query: adminUserQuerySchema,
    response: adminUserPageSchema,
  },
  ({ viewer, query }) => listUsers({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
