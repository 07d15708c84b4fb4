import { searchDb } from "#lib/db/client.ts";
import { findableTags } from "#lib/db/queries/search/suggestions.ts";
import { counted } from "#lib/search/count-facets.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { openHeads } from "#lib/search/list-categories.ts";
import { sitemapFrame } from "#lib/sharing/sitemap.ts";
import { element, textElement, writeElement } from "#lib/sharing/xml.ts";

/** The part of the site map that is no list of videos. */
export const pagesPart = "pages.xml";

/** Folded tags, those of most videos first. */
const commonest = (tagsOfVideos: readonly (readonly string[])[]): string[] => {
  const folded = tagsOfVideos.flatMap((tags) => [...new Set(tags.map(foldTag))]);
  return counted(folded.filter((tag) => tag !== "")).map(({ value }) => value);
};

/**
 * That part: home, trending, the categories that have public videos and the commonest tags of the most viewed videos of each.
 * Which videos these are is as old as ten minutes at most, as the list of parts gets too; tags are those that they have now, of
 * the ones that everybody may find now.
 */
export const sitemapPages = async (origin: string): Promise<string> => {
  const heads = await openHeads();
  const tagsOf = await findableTags(
    searchDb(),
    heads.flatMap(({ videoIds }) => videoIds),
  );
  const tags = [...new Set(heads.flatMap(({ videoIds }) => commonest(videoIds.map((id) => tagsOf.get(id) ?? []))))];
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
