import { adminUserPageSchema, adminUserQuerySchema } from "#lib/admin/dto.ts";
import { listUsers } from "#lib/admin/users.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "admin.users",
    scope: "admin:read",
    summary: "Accounts",
    description:
      "For admins: all accounts, also those that wait for approval or are suspended. `q` looks for a part of a name, address or handle, or for an id; `sort` takes the newest, the oldest or those who store most first. Pages as all lists.",
    errors: ["forbidden"],
    query: adminUserQuerySchema,
    response: adminUserPageSchema,
  },
  ({ viewer, query }) => listUsers({ viewer, query }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
