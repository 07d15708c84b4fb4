import { addressesOf, playerSize } from "#lib/sharing/addresses.ts";
import type { PageFacts } from "#lib/sharing/page-facts.ts";
import type { VideoDto } from "#lib/videos/dto.ts";

const longestWords = 200;
const widest = { maxWidth: 1280, maxHeight: 720 };

const words = (text: string): string => [...text.replaceAll(/\s+/g, " ").trim()].slice(0, longestWords).join("");

type Input = { video: VideoDto; facts: PageFacts; origin: string };

const player = ({ video, origin }: Input) => {
  const { embed } = addressesOf({ origin, videoId: video.id });
  const size = playerSize({ shape: video, ...widest });
  return { embed, ...size };
};

const image = ({ described }: PageFacts, origin: string) =>
  described === null ? {} : { images: [{ url: `${origin}${described.posterUrl}` }] };

const openGraph = (input: Input) => {
  const { video, facts, origin } = input;
  const { embed, width, height } = player(input);
  const description = words(video.description);
  return {
    type: "video.other" as const,
    title: video.title,
    url: addressesOf({ origin, videoId: video.id }).watch,
    ...(description === "" ? {} : { description }),
    ...(facts.described === null ? {} : { tags: [...video.tags] }),
    ...(video.durationMs === null ? {} : { duration: Math.round(video.durationMs / 1000) }),
    ...(facts.described?.publishedAt === undefined ? {} : { releaseDate: facts.described.publishedAt }),
    // A signed address would hand the picture of a private video on.
    ...image(facts, origin),
    ...(facts.described?.embeddable !== true
      ? {}
      : { videos: [{ url: embed, secureUrl: embed, type: "text/html", width, height }] }),
  };
};

const twitter = (input: Input) => {
  const { video, facts, origin } = input;
  const { embed, width, height } = player(input);
  const texts = { title: video.title, description: words(video.description), ...image(facts, origin) };
  // A player card needs a stream that the card's own player takes; ours is the page.
  return facts.described?.embeddable === true
    ? { card: "player" as const, ...texts, players: [{ playerUrl: embed, streamUrl: embed, width, height }] }
    : { card: "summary_large_image" as const, ...texts };
};

const discovery = ({ video, origin }: Input): Record<string, string> => {
  const url = encodeURIComponent(addressesOf({ origin, videoId: video.id }).watch);
  return {
    "application/json+oembed": `${origin}/oembed?url=${url}`,
    "text/xml+oembed": `${origin}/oembed?url=${url}&format=xml`,
  };
};

/**
 * What the head of a watch page says. Of a video that is not in everybody's lists it names the title only: no picture, no
 * player, no way to find it, and robots leave it alone.
 */
export const pageMetadata = (input: Input) => {
  const { video, facts, origin } = input;
  const description = words(video.description);
  const told = facts.described !== null;
  return {
    metadataBase: new URL(origin),
    title: video.title,
    ...(description === "" ? {} : { description }),
    alternates: {
      canonical: addressesOf({ origin, videoId: video.id }).watch,
      ...(told && facts.embeddable ? { types: discovery(input) } : {}),
    },
    ...(told ? {} : { robots: { index: false } }),
    openGraph: openGraph(input),
    twitter: twitter(input),
  };
};
