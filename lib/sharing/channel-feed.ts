import { addressesOf, channelAddresses } from "#lib/sharing/addresses.ts";
import { type FeedChannel, type FeedVideo, rssDate } from "#lib/sharing/feed-item.ts";
import { element, textElement, writeXml, type XmlElement } from "#lib/sharing/xml.ts";

type Input = { channel: FeedChannel; videos: readonly FeedVideo[]; origin: string };

const seconds = (durationMs: number) => String(Math.round(durationMs / 1000));

const item = ({ video, origin }: { video: FeedVideo; origin: string }): XmlElement => {
  const { watch, embed } = addressesOf({ origin, videoId: video.id });
  const length: Record<string, string> = video.durationMs === null ? {} : { duration: seconds(video.durationMs) };
  return element(
    "item",
    {},
    textElement("title", video.title),
    textElement("link", watch),
    // Stays whatever the site's address becomes.
    element("guid", { isPermaLink: "false" }, `kinora:video:${video.id}`),
    textElement("pubDate", rssDate(video.publishedAt)),
    textElement("description", video.description),
    ...video.tags.map((tag) => textElement("category", tag)),
    element(
      "media:group",
      {},
      element("media:content", { url: watch, type: "text/html", medium: "video", ...length }),
      video.embeddable ? element("media:player", { url: embed }) : null,
      textElement("media:title", video.title),
      video.posterUrl === null ? null : element("media:thumbnail", { url: `${origin}${video.posterUrl}` }),
    ),
  );
};

/** A channel's newest videos as RSS 2.0 with the words of Media RSS. */
export const channelFeed = ({ channel, videos, origin }: Input): string => {
  const { page, feed } = channelAddresses({ origin, handle: channel.handle });
  const [newest] = videos;
  return writeXml(
    element(
      "rss",
      { version: "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom", "xmlns:media": "http://search.yahoo.com/mrss/" },
      element(
        "channel",
        {},
        textElement("title", channel.name),
        textElement("link", page),
        element("description", {}, channel.description === "" ? channel.name : channel.description),
        element("atom:link", { href: feed, rel: "self", type: "application/rss+xml" }),
        textElement("generator", "Kinora"),
        textElement("ttl", 60),
        textElement("lastBuildDate", newest === undefined ? null : rssDate(newest.publishedAt)),
        ...videos.map((video) => item({ video, origin })),
      ),
    ),
  );
};
