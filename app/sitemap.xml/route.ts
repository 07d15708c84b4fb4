import { getSitemapIndex } from "#lib/sharing/get-sitemap.ts";
import { serveDocument } from "#lib/sharing/serve-document.ts";
import { sitemapDescription } from "#lib/web/openapi/raw/sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { siteOrigin } from "#lib/web/site-origin.ts";

/** The list of the site map's parts. */
export const GET = rawRoute(
  {
    name: "sitemap",
    scope: "public",
    identity: "ignore",
    summary: "The site map's parts",
    description: "For search engines: parts of 20 000 public videos each, oldest first; made anew every ten minutes.",
    errors: ["range_not_satisfiable"],
    openapi: sitemapDescription,
  },
  async ({ request, requestId }) =>
    serveDocument({
      ...{ request, requestId, text: await getSitemapIndex(siteOrigin(request)) },
      ...{ contentType: "application/xml; charset=utf-8", maxAgeSeconds: 600 },
    }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
