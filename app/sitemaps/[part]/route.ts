import { Readable } from "node:stream";
import { z } from "zod";
import { getSitemapPart } from "#lib/sharing/get-sitemap.ts";
import { sitemapPartDescription } from "#lib/web/openapi/raw/sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { siteOrigin } from "#lib/web/site-origin.ts";

const headers = { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=3600" };

/** A part of the site map: public videos with their posters, players and texts. */
export const GET = rawRoute(
  {
    name: "sitemap.part",
    scope: "public",
    identity: "ignore",
    summary: "A part of the site map",
    description: "Public videos with poster, player, length and texts, as `/sitemap.xml` names the part.",
    errors: ["not_found"],
    params: z.object({ part: z.string().max(100) }),
    openapi: sitemapPartDescription,
  },
  ({ params, request }) => {
    const pieces = Readable.from(getSitemapPart({ file: params.part, origin: siteOrigin(request) }));
    return new Response(Readable.toWeb(pieces.map((text: string) => Buffer.from(text))) as ReadableStream, { headers });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
