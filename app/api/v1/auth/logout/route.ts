import { otherMethods } from "#lib/web/other-methods.ts";
import { route } from "#lib/web/route.ts";
import { sessionClearCookie } from "#lib/web/session-cookie.ts";

/** Ends the session of this browser; access tokens end by themselves within minutes. */
export const POST = route(
  { name: "auth.logout", scope: "public", summary: "End the session of this browser", identity: "ignore" },
  async ({ headers }) => {
    headers.append("set-cookie", sessionClearCookie());
  },
);

export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods("POST");
