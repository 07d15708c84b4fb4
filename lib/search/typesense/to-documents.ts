import type { CueLine } from "#lib/db/queries/search/cues.ts";
import { durationClassOf } from "#lib/search/duration-class.ts";
import type { SearchChannel, SearchDocument } from "#lib/search/engine.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { tokensOfText } from "#lib/search/typesense/tokens.ts";

/** A video as the server holds it; see `videoFields` in collections.ts. */
export type VideoRecord = {
  id: string;
  title: string;
  title_words: string;
  tags: string;
  channel: string;
  chapters: string;
  description: string;
  spoken: string;
  words: string;
  category?: string;
  language?: string;
  duration?: string;
  tag: string[];
  channel_id: string;
  captions: string;
  published_at: number;
  views: number;
  fingerprint: string;
};

/** A line as the server holds it. */
export type CueRecord = {
  id: string;
  video_id: string;
  caption_id: string;
  stems: string[];
  start_ms: number;
  end_ms: number;
  text: string;
  /** The track's version, so that lines which are there already need not be sent again. */
  version: string;
};

/** A channel as the server holds it. */
export type ChannelRecord = { id: string; words: string };

/** Lines of the text tracks of a video, by the track's id. */
export type LinesByTrack = ReadonlyMap<string, readonly CueLine[]>;

const stemsOf = (text: string): string => tokensOfText(text).stems.join(" ");

/** The record of a video with all that is said in it. */
export const toVideoRecord = (document: SearchDocument, lines: LinesByTrack): VideoRecord => {
  const { category, language, durationMs } = document;
  const tags = document.tags.join(" ");
  const channel = `${document.channelName} ${document.channelHandle}`;
  const chapters = document.chapters.join(" ");
  const title = tokensOfText(document.title);
  const spoken = [...lines.values()].flatMap((track) => track.map(({ text }) => text)).join(" ");
  return {
    id: document.videoId,
    title: title.stems.join(" "),
    title_words: title.words.join(" "),
    ...{ tags: stemsOf(tags), channel: stemsOf(channel), chapters: stemsOf(chapters) },
    // What a model saw weighs as little as a description.
    ...{ description: stemsOf([document.description, ...document.labels].join(" ")), spoken: stemsOf(spoken) },
    words: tokensOfText([tags, channel, chapters, document.description].join(" ")).words.join(" "),
    ...(category === null ? {} : { category }),
    ...(language === null ? {} : { language }),
    ...(durationMs === null ? {} : { duration: durationClassOf(durationMs) }),
    tag: [...new Set(document.tags.map(foldTag))].filter((tag) => tag !== ""),
    channel_id: document.channelId,
    captions: document.captions.length > 0 ? "yes" : "no",
    published_at: Math.floor(document.publishedAt.getTime() / 1000),
    views: document.views,
    fingerprint: document.fingerprint,
  };
};

/** The records of a track's lines; those without a word cannot be searched for and are left out. */
export const toCueRecords = (
  { videoId, captionId, version }: { videoId: string; captionId: string; version: string },
  lines: readonly CueLine[],
): CueRecord[] =>
  lines.flatMap(({ startMs, endMs, text }, ordinal): CueRecord[] => {
    const { stems } = tokensOfText(text);
    if (stems.length === 0) return [];
    const whose = { video_id: videoId, caption_id: captionId, version };
    return [{ id: `${captionId}-${ordinal}`, ...whose, stems, start_ms: startMs, end_ms: endMs, text }];
  });

/** The record of a channel: words of its name, and its handle part by part and as a whole. */
export const toChannelRecord = ({ channelId, name, handle }: SearchChannel): ChannelRecord => ({
  id: channelId,
  words: tokensOfText(`${name} ${handle}`).words.join(" "),
});
