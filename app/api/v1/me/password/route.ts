import { passwordChangeSchema } from "#lib/accounts/dto.ts";
import { changePasswordLimited } from "#lib/web/identity/sign-in.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.password",
    scope: "session",
    summary: "Change your password",
    description:
      "Ends all other sessions, all access and refresh tokens of theirs, and all API tokens, at once. A browser gets a new cookie with the answer; a program goes on with its refresh token.",
    errors: ["conflict"],
    body: passwordChangeSchema,
  },
  changePasswordLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
