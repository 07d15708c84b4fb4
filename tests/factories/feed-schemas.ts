import { z } from "zod";
import { all, one, type ReadElement } from "#tests/factories/xml-reader.ts";

// Reduced descriptions of what readers demand: RSS 2.0, the podcast words that directories ask for, and site maps with the
// video extension. Written from the specifications; each throws for what does not fit.

const absolute = z.url({ protocol: /^https?$/ });
const rfc822 = z.string().regex(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
const filled = z.string().min(1);

const channelOf = (root: ReadElement): ReadElement => {
  if (root.name !== "rss" || root.attributes.version !== "2.0") throw new Error("no RSS 2.0");
  const channel = one(root, "channel");
  filled.parse(one(channel, "title").text);
  absolute.parse(one(channel, "link").text);
  filled.parse(one(channel, "description").text);
  const self = one(channel, "atom:link").attributes;
  z.object({ href: absolute, rel: z.literal("self"), type: z.literal("application/rss+xml") }).parse(self);
  return channel;
};

const itemOf = (item: ReadElement) => {
  const guid = one(item, "guid");
  if (guid.attributes.isPermaLink !== "false") throw new Error("a guid that is no address says so");
  return {
    title: filled.parse(one(item, "title").text),
    link: absolute.parse(one(item, "link").text),
    guid: filled.parse(guid.text),
    published: rfc822.parse(one(item, "pubDate").text),
    description: all(item, "description")[0]?.text ?? "",
  };
};

/** Entries of an RSS feed. */
export const rssItems = (root: ReadElement) =>
  all(channelOf(root), "item").map((item) => {
    const group = one(item, "media:group");
    absolute.parse(one(group, "media:content").attributes.url);
    const player = all(group, "media:player")[0]?.attributes.url;
    const thumbnail = all(group, "media:thumbnail")[0]?.attributes.url;
    return {
      ...itemOf(item),
      player: absolute.optional().parse(player),
      thumbnail: absolute.optional().parse(thumbnail),
    };
  });

/** Entries of a podcast. */
export const podcastItems = (root: ReadElement) => {
  const channel = channelOf(root);
  filled.parse(one(channel, "itunes:author").text);
  filled.parse(one(channel, "itunes:category").attributes.text);
  z.enum(["true", "false"]).parse(one(channel, "itunes:explicit").text);
  z.string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/)
    .parse(one(channel, "language").text);
  const enclosure = z.object({ url: absolute, length: z.string().regex(/^[1-9]\d*$/), type: z.literal("audio/mpeg") });
  return all(channel, "item").map((item) => ({
    ...itemOf(item),
    enclosure: enclosure.parse(one(item, "enclosure").attributes),
    seconds: z.coerce
      .number()
      .int()
      .parse(all(item, "itunes:duration")[0]?.text ?? "0"),
  }));
};

/** Addresses of a site map's parts. */
export const sitemapParts = (root: ReadElement): string[] => {
  if (root.name !== "sitemapindex") throw new Error("no list of parts");
  return all(root, "sitemap").map((part) => absolute.parse(one(part, "loc").text));
};

const entryOf = (url: ReadElement) => {
  const loc = absolute.parse(one(url, "loc").text);
  // Lists have no date of their own (sitemaps.org: optional).
  z.iso.datetime().optional().parse(all(url, "lastmod")[0]?.text);
  const [video] = all(url, "video:video");
  if (video === undefined) return { loc, video: null };
  const seconds = all(video, "video:duration")[0]?.text;
  if (seconds !== undefined) z.coerce.number().int().min(1).max(28_800).parse(seconds);
  z.iso.datetime().parse(one(video, "video:publication_date").text);
  return {
    loc,
    video: {
      thumbnail: absolute.parse(one(video, "video:thumbnail_loc").text),
      title: filled.parse(one(video, "video:title").text),
      description: filled.max(2048).parse(one(video, "video:description").text),
      player: absolute.optional().parse(all(video, "video:player_loc")[0]?.text),
    },
  };
};

/** Entries of a part of a site map. */
export const sitemapEntries = (root: ReadElement) => {
  if (root.name !== "urlset") throw new Error("no part of a site map");
  const entries = all(root, "url").map(entryOf);
  if (entries.length > 50_000) throw new Error("more than a part may hold");
  return entries;
};
