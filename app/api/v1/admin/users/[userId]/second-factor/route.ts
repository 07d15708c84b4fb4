import { dropUserSecondFactor } from "#lib/admin/users.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { userParams as params } from "#lib/web/path-params.ts";
import { route } from "#lib/web/route.ts";

export const DELETE = route(
  {
    name: "admin.users.second_factor.drop",
    scope: "admin:write",
    summary: "Take a lost second factor away from an account",
    description:
      "For somebody who lost their phone and their recovery codes. Signing in asks for the password alone again; sessions and tokens end within a second, and a mail tells the owner. Make sure who asks. One's own second factor goes in the settings.",
    errors: ["forbidden", "conflict"],
    params,
  },
  ({ viewer, params: { userId } }) => dropUserSecondFactor({ viewer, userId }),
);

export const { GET, POST, PUT, PATCH, OPTIONS } = otherMethods("DELETE");
