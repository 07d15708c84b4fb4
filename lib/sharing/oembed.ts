import { addressesOf, channelAddresses, playerSize } from "#lib/sharing/addresses.ts";
import { element, textElement, writeXml } from "#lib/sharing/xml.ts";

/** An answer of oEmbed 1.0 (oembed.com, 2.3.4), its kind being video. */
export type OembedAnswer = Readonly<Record<string, string | number>>;

/** What the answer is made of. */
export type OembedInput = {
  video: {
    id: string;
    title: string;
    width: number | null;
    height: number | null;
    channel: { handle: string; name: string };
    /** Path of the poster, and its size in pixels; null without one. */
    poster: { path: string; width: number; height: number } | null;
  };
  origin: string;
  maxWidth: number;
  maxHeight: number;
  /** Where the player begins; 0 at the beginning. */
  startSeconds: number;
};

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A text inside an attribute's quotes, in HTML. */
const htmlText = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => escapes[letter] ?? letter);

/** The frame that other sites put into their pages. */
export const embedCode = (input: { src: string; title: string; width: number; height: number }): string =>
  `<iframe src="${htmlText(input.src)}" title="${htmlText(input.title)}" width="${input.width}" height="${input.height}" ` +
  'style="border:0" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen loading="lazy"></iframe>';

// Pictures must not be larger than what was asked for (2.2); ours come in one size.
const thumbnail = ({ video: { poster }, origin, maxWidth, maxHeight }: OembedInput): OembedAnswer =>
  poster === null || poster.width > maxWidth || poster.height > maxHeight
    ? {}
    : {
        thumbnail_url: `${origin}${poster.path}`,
        thumbnail_width: poster.width,
        thumbnail_height: poster.height,
      };

/** What is told of a video. */
export const oembedAnswer = (input: OembedInput): OembedAnswer => {
  const { video, origin, startSeconds, maxWidth, maxHeight } = input;
  const size = playerSize({ shape: video, maxWidth, maxHeight });
  const { embed } = addressesOf({ origin, videoId: video.id });
  const src = startSeconds === 0 ? embed : `${embed}?start=${startSeconds}`;
  return {
    type: "video",
    version: "1.0",
    title: video.title,
    author_name: video.channel.name,
    author_url: channelAddresses({ origin, handle: video.channel.handle }).page,
    provider_name: "Kinora",
    provider_url: origin,
    cache_age: 3600,
    ...thumbnail(input),
    html: embedCode({ src, title: video.title, ...size }),
    ...size,
  };
};

/** The answer as XML (2.3.2). */
export const oembedXml = (answer: OembedAnswer): string =>
  writeXml(element("oembed", {}, ...Object.entries(answer).map(([name, value]) => textElement(name, value))));
