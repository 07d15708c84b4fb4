import { z } from "zod";
import { oembedQuerySchema } from "#lib/sharing/get-oembed.ts";
import type { RawDescription } from "#lib/web/openapi/description.ts";
import { fileDescription } from "#lib/web/openapi/raw/files.ts";

/** What oEmbed answers (oembed.com, 2.3.4). */
const oembedSchema = z
  .object({
    type: z.literal("video"),
    version: z.literal("1.0"),
    title: z.string(),
    author_name: z.string(),
    author_url: z.string(),
    provider_name: z.string(),
    provider_url: z.string(),
    cache_age: z.number().int(),
    thumbnail_url: z.string().optional(),
    thumbnail_width: z.number().int().optional(),
    thumbnail_height: z.number().int().optional(),
    html: z.string(),
    width: z.number().int(),
    height: z.number().int(),
  })
  .meta({ id: "Oembed" });

/** What a consumer of oEmbed gets. */
export const oembedDescription: RawDescription = {
  query: oembedQuerySchema,
  answers: {
    200: {
      description: "How to show the video.",
      content: { "application/json": oembedSchema, "text/xml": "text" },
      headers: { "Access-Control-Allow-Origin": "Any." },
    },
  },
};

/** A channel's feeds. */
export const feedDescription: RawDescription = {
  ...fileDescription({ "application/rss+xml": "text" }),
  params: z.object({ handle: z.string().describe("The channel's handle with `@` in front.") }),
};

/** The list of a site map's parts. */
export const sitemapDescription: RawDescription = fileDescription({ "application/xml": "text" });

/** A part of a site map; long ones come piece by piece. */
export const sitemapPartDescription: RawDescription = {
  params: z.object({ part: z.string().describe("A name from `/sitemap.xml`.") }),
  answers: { 200: { description: "The part.", content: { "application/xml": "text" } } },
};

/** What robots are told. */
export const robotsDescription: RawDescription = fileDescription({ "text/plain": "text" });

/** The sound file of a podcast's entry. */
export const soundDescription: RawDescription = {
  ...fileDescription({ "audio/mpeg": "bytes" }),
  params: z.object({ file: z.string().describe("`{videoId}.mp3`") }),
};
