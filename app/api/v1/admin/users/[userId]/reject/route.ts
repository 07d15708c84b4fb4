import { rejectionSchema } from "#lib/accounts/dto.ts";
import { rejectAccount } from "#lib/accounts/reject-account.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { userParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "admin.users.reject",
    scope: "admin:write",
    summary: "Turn an account away that waits for approval",
    description:
      "The account goes, its address and names are free again, and a mail tells so with the `reason`, if there is one. `PATCH /admin/users/{userId}` with the status `active` approves instead. `conflict` for an account that does not wait.",
    errors: ["forbidden", "conflict"],
    params,
    body: rejectionSchema,
  },
  ({ viewer, params: { userId }, body }) => rejectAccount({ viewer, userId, ...body }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
