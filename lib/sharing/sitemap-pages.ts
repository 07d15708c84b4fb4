import { searchDb } from "#lib/db/client.ts";
import { findableTags } from "#lib/db/queries/search/suggestions.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { openHeads } from "#lib/search/list-categories.ts";
import { sitemapFrame } from "#lib/sharing/sitemap.ts";
import { element, textElement, writeElement } from "#lib/sharing/xml.ts";

/** The part of the site map that is no list of videos. */
export const pagesPart = "pages.xml";

/** Tags of a category that are told. */
const mostTags = 20;

/** Folded tags, those of most videos first. */
const commonest = (tagsOfVideos: readonly (readonly string[])[]): string[] => {
  const counts = new Map<string, number>();
  for (const tags of tagsOfVideos) {
    for (const tag of new Set(tags.map(foldTag))) if (tag !== "") counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostTags)
    .map(([tag]) => tag);
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
