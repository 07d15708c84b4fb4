import { accountPatchSchema, accountSchema } from "#lib/accounts/dto.ts";
import { editMe, getMe } from "#lib/accounts/me.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  { name: "me.get", scope: "account:read", summary: "Your account", response: accountSchema },
  ({ viewer }) => getMe(viewer),
);

export const PATCH = route(
  {
    name: "me.edit",
    scope: "account:write",
    summary: "Change your account",
    body: accountPatchSchema,
    response: accountSchema,
  },
  ({ viewer, body: patch }) => editMe({ viewer, patch }),
);

export const { POST, PUT, DELETE, OPTIONS } = otherMethods("GET", "PATCH");
