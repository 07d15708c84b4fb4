import { pendingFactorSchema } from "#lib/accounts/external/dto.ts";
import { passPendingCode } from "#lib/web/external/pass-code.ts";
import { clientOf } from "#lib/web/identity/request-client.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.secondFactor",
    scope: "public",
    summary: "Finish signing in through another service with a code",
    description:
      "For this site's own pages: a browser that came back from another service to an account with a second factor holds a cookie that this takes, and gets its session.",
    errors: ["unauthenticated", "second_factor_required"],
    identity: "ignore",
    body: pendingFactorSchema,
  },
  async ({ request, headers, body }) => {
    for (const cookie of await passPendingCode({ headers: request.headers, client: clientOf(request), ...body })) {
      headers.append("set-cookie", cookie);
    }
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
