import { getChannelFeed } from "#lib/sharing/get-feeds.ts";
import { serveDocument } from "#lib/sharing/serve-document.ts";
import { feedDescription } from "#lib/web/openapi/raw/sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { feedParams as params } from "#lib/web/path-params.ts";
import { rawRoute } from "#lib/web/route.ts";
import { siteOrigin } from "#lib/web/site-origin.ts";

/** A channel's newest videos as RSS. */
export const GET = rawRoute(
  {
    name: "channels.feed",
    scope: "public",
    identity: "ignore",
    summary: "A channel's newest videos as RSS",
    description:
      "The fifty newest public videos, with Media RSS for posters and players. Open to everybody; `not_found` for no such channel.",
    errors: ["not_found", "range_not_satisfiable"],
    params,
    openapi: feedDescription,
  },
  async ({ params, request, requestId }) =>
    serveDocument({
      ...{ request, requestId, text: await getChannelFeed({ handle: params.handle, origin: siteOrigin(request) }) },
      ...{ contentType: "application/rss+xml; charset=utf-8", maxAgeSeconds: 300 },
    }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
