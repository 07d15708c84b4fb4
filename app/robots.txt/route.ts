import { robotsText } from "#lib/sharing/get-sitemap.ts";
import { serveDocument } from "#lib/sharing/serve-document.ts";
import { robotsDescription } from "#lib/web/openapi/raw/sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { siteOrigin } from "#lib/web/site-origin.ts";

/** What robots may read (RFC 9309). */
export const GET = rawRoute(
  {
    name: "robots",
    scope: "public",
    identity: "ignore",
    summary: "What robots may read",
    description: "RFC 9309: everything public; pages that are one person's are left out. Names the site map.",
    errors: ["range_not_satisfiable"],
    openapi: robotsDescription,
  },
  ({ request, requestId }) =>
    serveDocument({
      ...{ request, requestId, text: robotsText(siteOrigin(request)) },
      ...{ contentType: "text/plain; charset=utf-8", maxAgeSeconds: 3600 },
    }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
