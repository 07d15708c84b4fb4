import { confirmSecondFactorSchema, recoveryCodesSchema } from "#lib/accounts/dto.ts";
import { confirmSecondFactorLimited } from "#lib/web/identity/change-second-factor.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.secondFactor.confirm",
    scope: "session",
    summary: "Switch the second factor on with a first code",
    description:
      "Answers ten recovery codes, this once; each signs in once in the place of a code. Ends all other sessions; API tokens stay. A browser gets a new cookie with the answer; a program goes on with its refresh token.",
    errors: ["conflict"],
    body: confirmSecondFactorSchema,
    response: recoveryCodesSchema,
  },
  confirmSecondFactorLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
