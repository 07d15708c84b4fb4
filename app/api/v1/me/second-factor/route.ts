import {
  beginSecondFactorSchema,
  secondFactorProofSchema,
  secondFactorSchema,
  secondFactorSecretSchema,
} from "#lib/accounts/dto.ts";
import { getSecondFactor } from "#lib/accounts/second-factor/manage.ts";
import { beginSecondFactorLimited, removeSecondFactorLimited } from "#lib/web/identity/change-second-factor.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const GET = route(
  {
    name: "me.secondFactor.get",
    scope: "session",
    summary: "Whether signing in asks you for a second factor",
    description: "Whether it is on, and how many recovery codes are left. The secret itself is told once, by `POST`.",
    response: secondFactorSchema,
  },
  ({ viewer }) => getSecondFactor(viewer),
);

export const POST = route(
  {
    name: "me.secondFactor.begin",
    scope: "session",
    summary: "Get a secret for an authenticator app",
    description:
      "RFC 6238 with SHA-1, six digits and thirty seconds. Nothing is asked for before `POST /me/second-factor/confirm`; beginning anew forgets the earlier secret.",
    errors: ["conflict"],
    body: beginSecondFactorSchema,
    response: secondFactorSecretSchema,
    status: 201,
  },
  beginSecondFactorLimited,
);

export const DELETE = route(
  {
    name: "me.secondFactor.remove",
    scope: "session",
    summary: "Switch the second factor off",
    description:
      "Takes the password and a code of the app or a recovery code. All recovery codes end, a mail tells the owner, and sessions go on. `invalid_input` with `fields` for a wrong password or code, and tries are limited as at signing in; `conflict` while it is off.",
    errors: ["conflict"],
    body: secondFactorProofSchema,
  },
  removeSecondFactorLimited,
);

export const { PUT, PATCH, OPTIONS } = otherMethods("GET", "POST", "DELETE");
