import { stay } from "#lib/accounts/leaving/stay.ts";
import { sessionToLeave } from "#lib/web/identity/viewer-from-request.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";

export const POST = route(
  {
    name: "me.restore",
    scope: "session",
    summary: "Take your account's deletion back",
    description:
      "Sign in again within the grace time, in a browser or by `POST /auth/token`; the session then answers `unauthenticated` everywhere but here. Afterwards it works as any other.",
    errors: ["unauthenticated"],
    // Whoever is leaving is nobody to all other routes.
    identity: "ignore",
  },
  async ({ request, address }) => stay({ sessionId: await sessionToLeave(request), address }),
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
