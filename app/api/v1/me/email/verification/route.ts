import { requestVerificationLimited } from "#lib/web/identity/account-mails.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.email.verification",
    scope: "session",
    summary: "Get the mail that confirms your address again",
    description:
      "Sends another one and ends the link of the earlier. At most three in a quarter of an hour, `rate_limited` beyond.",
    errors: ["conflict"],
    status: 202,
  },
  requestVerificationLimited,
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
