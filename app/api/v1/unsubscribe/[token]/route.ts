import { z } from "zod";
import { unsubscribe } from "#lib/notifications/notification-settings.ts";
import { unsubscribePageDescription } from "#lib/web/openapi/raw/unsubscribe.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute, route } from "#lib/web/route.ts";

const params = z.object({ token: z.string().min(1).max(200) });

// The signed address is the right itself: mail programs post to it from anywhere, without a session (RFC 8058, 3.1).
const byAddress = { scope: "public", anonymous: true, identity: "ignore", origin: "ignore" } as const;

/** Reading changes nothing: mail scanners open every address. A person comes to the page that asks. */
export const GET = rawRoute(
  {
    ...byAddress,
    name: "unsubscribe.page",
    summary: "The page that asks whether to switch a kind of mail off",
    description:
      "Leads to a page with one button. Reading changes nothing, since mail scanners open every address; `POST` to the same address switches the kind off.",
    params,
    openapi: unsubscribePageDescription,
  },
  ({ params: { token } }) =>
    new Response(null, { status: 303, headers: { location: `/unsubscribe/${encodeURIComponent(token)}` } }),
);

export const POST = route(
  {
    ...byAddress,
    name: "unsubscribe",
    summary: "Switch a kind of mail off, by the address in such a mail",
    description: "One click of a mail program (RFC 8058). The body is not read. Repeating it is fine.",
    params,
  },
  ({ params: { token } }) => unsubscribe(token),
);

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET", "POST");
