import { recoveryCodesSchema, secondFactorProofSchema } from "#lib/accounts/dto.ts";
import { renewRecoveryCodesLimited } from "#lib/web/identity/change-second-factor.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.secondFactor.recoveryCodes",
    scope: "session",
    summary: "Get new recovery codes",
    description:
      "Takes the password and a code of the app or a recovery code. Answers ten new ones, this once; the old ones end, and a mail tells the owner. `conflict` while the second factor is off.",
    errors: ["conflict"],
    body: secondFactorProofSchema,
    response: recoveryCodesSchema,
    status: 201,
  },
  renewRecoveryCodesLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
