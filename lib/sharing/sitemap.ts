import { addressesOf } from "#lib/sharing/addresses.ts";
import type { FeedVideo } from "#lib/sharing/feed-item.ts";
import { element, textElement, writeElement, writeXml, xmlDeclaration } from "#lib/sharing/xml.ts";

const namespaces = {
  xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9",
  "xmlns:video": "http://www.google.com/schemas/sitemap-video/1.1",
};
/** What one entry may say at most: a part has at most 50 MB (sitemaps.org), and 2048 letters of a description. */
const mostLetters = 500;
/** The longest that an entry may name: eight hours. */
const longestSeconds = 28_800;

/** The list of parts. */
export const sitemapIndex = (addresses: readonly string[]): string =>
  writeXml(
    element(
      "sitemapindex",
      { xmlns: namespaces.xmlns },
      ...addresses.map((address) => element("sitemap", {}, textElement("loc", address))),
    ),
  );

/** At most `mostLetters`, no pair of code units torn apart. */
const cut = (text: string): string => [...text.slice(0, mostLetters + 1)].slice(0, mostLetters).join("");

const lengthOf = (durationMs: number | null): number | null => {
  const seconds = durationMs === null ? 0 : Math.round(durationMs / 1000);
  return seconds >= 1 && seconds <= longestSeconds ? seconds : null;
};

/** One video's entry; only those with a picture are told of as videos. */
export const sitemapEntry = ({ video, origin }: { video: FeedVideo; origin: string }): string => {
  const { watch, embed } = addressesOf({ origin, videoId: video.id });
  const about =
    video.posterUrl === null
      ? null
      : element(
          "video:video",
          {},
          textElement("video:thumbnail_loc", `${origin}${video.posterUrl}`),
          textElement("video:title", video.title),
          textElement("video:description", cut(video.description === "" ? video.title : video.description)),
          video.embeddable ? textElement("video:player_loc", embed) : null,
          textElement("video:duration", lengthOf(video.durationMs)),
          textElement("video:view_count", video.viewCount),
          textElement("video:publication_date", video.publishedAt.toISOString()),
          ...video.tags.slice(0, 32).map((tag) => textElement("video:tag", tag)),
        );
  return writeElement(
    element("url", {}, textElement("loc", watch), textElement("lastmod", video.changedAt.toISOString()), about),
  );
};

/** What stands before and after the entries of a part. */
export const sitemapFrame = {
  begin: `${xmlDeclaration}<urlset xmlns="${namespaces.xmlns}" xmlns:video="${namespaces["xmlns:video"]}">\n`,
  end: "</urlset>\n",
};
