import { getOembed, oembedQuerySchema } from "#lib/sharing/get-oembed.ts";
import { oembedXml } from "#lib/sharing/oembed.ts";
import { invalidInput } from "#lib/web/field-texts.ts";
import { oembedDescription } from "#lib/web/openapi/raw/sharing.ts";
import { otherMethods } from "#lib/web/other-methods.ts";
import { rawRoute } from "#lib/web/route.ts";
import { siteOrigin } from "#lib/web/site-origin.ts";

const shared = { "Cache-Control": "public, max-age=300", "Access-Control-Allow-Origin": "*" };

/** How another site shows a video (oEmbed 1.0). */
export const GET = rawRoute(
  {
    name: "oembed",
    scope: "public",
    identity: "ignore",
    summary: "How to show a video on another site (oEmbed)",
    description:
      "For public videos, by the address of their watch page or embed. `not_found` for addresses that are none of ours and for videos that are not in everybody's lists, without a difference; `unauthenticated` when a public video's owner wants no embeds. `maxwidth` and `maxheight` bound the player. Pages name this address in their head.",
    errors: ["invalid_input", "not_found", "unauthenticated"],
    openapi: oembedDescription,
  },
  async ({ request, locale }) => {
    const input = Object.fromEntries(new URL(request.url).searchParams);
    const query = oembedQuerySchema.safeParse(input);
    if (!query.success) throw invalidInput(query.error, { locale, input });
    const answer = await getOembed({ query: query.data, origin: siteOrigin(request) });
    return query.data.format === "xml"
      ? new Response(oembedXml(answer), { headers: { ...shared, "Content-Type": "text/xml; charset=utf-8" } })
      : Response.json(answer, { headers: shared });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
