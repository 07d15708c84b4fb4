import { accountPatchSchema, accountSchema } from "#lib/accounts/dto.ts";
import { leaveSchema, leavingSchema } from "#lib/accounts/leaving/dto.ts";
import { editMe, getMe } from "#lib/accounts/me.ts";
import { leaveAccount } from "#lib/web/identity/leave-account.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.get",
    scope: "account:read",
    summary: "Your account",
    description:
      "Whom the session or token stands for: names, e-mail address and whether it is confirmed, role, language, and the first channel, which is null for those who only watch.",
    response: accountSchema,
  },
  ({ viewer }) => getMe(viewer),
);

export const PATCH = route(
  {
    name: "me.edit",
    scope: "account:write",
    summary: "Change your account",
    description:
      "Display name, a few words (`bio`) and the language; only what is sent is changed. Other fields have addresses of their own: `POST /me/email`, `POST /me/password`, `PUT /me/avatar`.",
    body: accountPatchSchema,
    response: accountSchema,
  },
  ({ viewer, body: patch }) => editMe({ viewer, patch }),
);

export const DELETE = route(
  {
    name: "me.leave",
    scope: "session",
    summary: "Delete your account",
    description:
      "Everything that signs in ends, and your channels and videos are gone for everybody at once. After the grace time all is removed for good; until then signing in and `POST /me/restore` bring it back. `GET /me/leaving` tells what it takes along. `conflict` for the last admin, `forbidden` for an account without a password whose session is older than ten minutes.",
    errors: ["forbidden", "conflict"],
    body: leaveSchema,
    response: leavingSchema,
    status: 202,
  },
  leaveAccount,
);

export const { POST, PUT, OPTIONS } = otherMethods("GET", "PATCH", "DELETE");
