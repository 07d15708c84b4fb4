import { addressesOf, channelAddresses, isoDuration } from "#lib/sharing/addresses.ts";

/** What is told of a public video. Poster and stream are paths of this site. */
export type DescribedVideo = {
  id: string;
  title: string;
  description: string;
  tags: readonly string[];
  language: string | null;
  durationMs: number | null;
  publishedAt: string;
  viewCount: number | null;
  posterUrl: string;
  channel: { handle: string; name: string };
  chapters: readonly { startMs: number; title: string }[];
  /** Whether other sites may show the player. */
  embeddable: boolean;
};

const clips = (video: DescribedVideo, watch: string) =>
  video.chapters.map(({ startMs, title }, index) => {
    const endMs = video.chapters[index + 1]?.startMs ?? video.durationMs;
    return {
      "@type": "Clip",
      name: title,
      startOffset: Math.floor(startMs / 1000),
      ...(endMs === null ? {} : { endOffset: Math.floor(endMs / 1000) }),
      url: `${watch}?t=${Math.floor(startMs / 1000)}`,
    };
  });

/** A video as schema.org knows it (VideoObject), its chapters as clips. */
export const videoObject = ({ video, origin }: { video: DescribedVideo; origin: string }) => {
  const { watch, embed } = addressesOf({ origin, videoId: video.id });
  return {
    "@context": "https://schema.org",
    "@type": "VideoObject",
    "@id": watch,
    url: watch,
    name: video.title,
    description: video.description === "" ? video.title : video.description,
    thumbnailUrl: [`${origin}${video.posterUrl}`],
    uploadDate: video.publishedAt,
    ...(video.durationMs === null ? {} : { duration: isoDuration(video.durationMs) }),
    ...(video.embeddable ? { embedUrl: embed } : {}),
    ...(video.language === null ? {} : { inLanguage: video.language }),
    ...(video.tags.length === 0 ? {} : { keywords: video.tags.join(", ") }),
    author: {
      "@type": "Organization",
      name: video.channel.name,
      url: channelAddresses({ origin, handle: video.channel.handle }).page,
    },
    ...(video.viewCount === null
      ? {}
      : {
          interactionStatistic: {
            "@type": "InteractionCounter",
            interactionType: { "@type": "WatchAction" },
            userInteractionCount: video.viewCount,
          },
        }),
    ...(video.chapters.length === 0 ? {} : { hasPart: clips(video, watch) }),
    potentialAction: {
      "@type": "SeekToAction",
      target: `${watch}?t={seek_to_second_number}`,
      "startOffset-input": "required name=seek_to_second_number",
    },
  };
};

/**
 * JSON for a `<script>`: no text in it can end the element or begin a comment, and the two line ends that are none in
 * JSON are written as escapes.
 */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
