import { openHeads } from "#lib/search/list-categories.ts";
import { sitemapFrame } from "#lib/sharing/sitemap.ts";
import { element, textElement, writeElement } from "#lib/sharing/xml.ts";

/** The part of the site map that is no list of videos. */
export const pagesPart = "pages.xml";

/**
 * That part: home, trending, the categories that have public videos and the commonest tags of each. It names tags as the search
 * engine knew them at most ten minutes ago, which is how old the list of parts gets too.
 */
export const sitemapPages = async (origin: string): Promise<string> => {
  const heads = await openHeads();
  const tags = [...new Set(heads.flatMap((head) => head.tags))];
  const paths = [
    "/",
    "/trending",
    "/categories",
    ...heads.map(({ category }) => `/categories/${category}`),
    ...tags.map((tag) => `/tags/${encodeURIComponent(tag)}`),
  ];
  const entries = paths.map((path) => writeElement(element("url", {}, textElement("loc", `${origin}${path}`))));
  return `${sitemapFrame.begin}${entries.join("\n")}\n${sitemapFrame.end}`;
};
