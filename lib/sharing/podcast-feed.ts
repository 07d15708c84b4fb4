import { addressesOf, channelAddresses } from "#lib/sharing/addresses.ts";
import { type FeedChannel, type FeedVideo, rssDate } from "#lib/sharing/feed-item.ts";
import { element, textElement, writeXml, type XmlElement } from "#lib/sharing/xml.ts";

/** A video with its sound file. */
export type PodcastEpisode = FeedVideo & { sound: { sizeBytes: number; contentType: string } };

type Input = { channel: FeedChannel; episodes: readonly PodcastEpisode[]; origin: string; language: string };

const image = (path: string | null | undefined, origin: string): XmlElement | null =>
  path === null || path === undefined ? null : element("itunes:image", { href: `${origin}${path}` });

const item = ({ episode, origin }: { episode: PodcastEpisode; origin: string }): XmlElement => {
  const { watch, audio } = addressesOf({ origin, videoId: episode.id });
  const { sizeBytes, contentType } = episode.sound;
  return element(
    "item",
    {},
    textElement("title", episode.title),
    textElement("link", watch),
    element("guid", { isPermaLink: "false" }, `kinora:video:${episode.id}`),
    textElement("pubDate", rssDate(episode.publishedAt)),
    textElement("description", episode.description),
    element("enclosure", { url: audio, length: String(sizeBytes), type: contentType }),
    textElement("itunes:duration", episode.durationMs === null ? null : Math.round(episode.durationMs / 1000)),
    textElement("itunes:explicit", "false"),
    image(episode.posterUrl, origin),
  );
};

/** A channel's sound files as a podcast: RSS 2.0 with the words that directories ask for. */
export const podcastFeed = ({ channel, episodes, origin, language }: Input): string => {
  const { page, podcast } = channelAddresses({ origin, handle: channel.handle });
  const description = channel.description === "" ? channel.name : channel.description;
  const cover = episodes.find(({ posterUrl }) => posterUrl !== null)?.posterUrl;
  const [newest] = episodes;
  return writeXml(
    element(
      "rss",
      {
        version: "2.0",
        "xmlns:atom": "http://www.w3.org/2005/Atom",
        "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
      },
      element(
        "channel",
        {},
        textElement("title", channel.name),
        textElement("link", page),
        element("description", {}, description),
        textElement("language", language),
        element("atom:link", { href: podcast, rel: "self", type: "application/rss+xml" }),
        textElement("generator", "Kinora"),
        textElement("lastBuildDate", newest === undefined ? null : rssDate(newest.publishedAt)),
        textElement("itunes:author", channel.name),
        textElement("itunes:type", "episodic"),
        textElement("itunes:explicit", "false"),
        element("itunes:category", { text: "Society & Culture" }),
        image(cover, origin),
        ...episodes.map((episode) => item({ episode, origin })),
      ),
    ),
  );
};
