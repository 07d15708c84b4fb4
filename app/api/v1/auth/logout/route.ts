import { refreshSchema } from "#lib/accounts/dto.ts";
import { leaveSession } from "#lib/web/identity/leave-session.ts";
import { sessionClearCookie } from "#lib/web/identity/session-cookie.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "auth.logout",
    scope: "public",
    summary: "End the session that asks",
    description:
      "Ends the session of the cookie or of the access token, and the one of `refreshToken` when a body comes along. What came of it (copies of the cookie, access tokens, refresh tokens) is refused from then on. Answers the same when it had ended already.",
    errors: ["unauthenticated", "invalid_input", "unsupported_media_type", "too_large"],
    identity: "ignore",
    openapi: { requestContent: { "application/json": refreshSchema } },
  },
  async ({ request, headers, locale }) => {
    await leaveSession({ request, locale });
    headers.append("set-cookie", sessionClearCookie());
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
