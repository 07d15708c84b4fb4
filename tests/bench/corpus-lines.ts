import { tierSizes } from "#lib/db/queries/search/documents.ts";
import { codeInTitle, codeOfStem, codesOfWeights, termsOfDocument } from "#lib/search/postgres/codes.ts";
import { posterKey, storyboardKey } from "#lib/storage/keys.ts";
import { type CorpusSize, type CorpusVideo, corpusId, makeVideos } from "#tests/bench/search-corpus.ts";

/** What lines are made of: words by rank, and the numbers of their stems by the same. */
export type CorpusText = { size: CorpusSize; names: readonly string[]; stems: readonly number[] };

/** Lines of one table as `copy` takes them, with its columns. */
export type TableLines = { table: string; columns: string; lines: Iterable<string> };

/** How many channels and commenting people a corpus has. */
export const corpusPeople = { channels: 1000, people: 2000 } as const;

/** One line of the text format of `copy`; null is its `\N`. */
export const copyLine = (...values: (string | number | boolean | null)[]): string =>
  `${values.map((value) => value ?? "\\N").join("\t")}\n`;

const list = (values: Iterable<number | string>) => `{${[...values].join(",")}}`;
const sorted = (codes: Iterable<number>) => [...new Set(codes)].toSorted((a, b) => a - b);

const ids = ({ index }: CorpusVideo) => ({
  ...{ videoId: corpusId(3, index), channelId: corpusId(2, index % corpusPeople.channels) },
  ...{ runId: corpusId(5, index), captionId: corpusId(4, index) },
});

const publishedAt = ({ index }: CorpusVideo) =>
  new Date(Date.UTC(2026, 0, 1) - ((index * 7919) % 1_000_000) * 60_000).toISOString();

/** Views follow Zipf's law too. */
const viewsOf = ({ index }: CorpusVideo, { size }: CorpusText) => Math.round((size.videos * 10) / (index + 1));

/** Weights of lib/search/postgres/analyse-document.ts. */
const weightsOf = ({ title, tags, description }: Record<"title" | "tags" | "description", number[]>) =>
  new Map(
    [...new Set([...title, ...tags, ...description])].map((stem) => [
      stem,
      {
        inTitle: title.includes(stem),
        beside: (tags.includes(stem) ? 4 : 0) + (description.includes(stem) ? 1 : 0),
      },
    ]),
  );

const tierOf = (index: number, { videos }: CorpusSize): number => {
  if (index < Math.max(tierSizes.best, videos / 100)) return 0;
  return index < Math.max(tierSizes.best + tierSizes.good, videos / 10) ? 1 : 2;
};

const documentLine = (video: CorpusVideo, text: CorpusText): string => {
  const of = (ranks: readonly number[]) => [...new Set(ranks.map((rank) => text.stems[rank] ?? 0))];
  const fields = { title: of(video.title), tags: of(video.tags), description: of(video.description) };
  const { videoId, channelId, captionId } = ids(video);
  const { category, language, durationMs } = video;
  const tags = video.tags.map((rank) => text.names[rank] ?? "");
  const captions = [{ id: captionId, language: "uk", version: captionId }];
  const codes = sorted([
    ...termsOfDocument({ channelId, category, language, durationMs, tags, captions }),
    ...fields.title.map(codeInTitle),
    ...[...Object.values(fields).flat(), ...of(video.cues.flat())].map(codeOfStem),
  ]);
  return copyLine(
    ...[videoId, channelId, tierOf(video.index, text.size), viewsOf(video, text), publishedAt(video), durationMs],
    ...[category, language, list(tags), true, list(codes), list(codesOfWeights(weightsOf(fields)))],
    ...[list(sorted(video.title.map((rank) => rank + 1))), video.title.length, "bench"],
  );
};

const videoLine = (video: CorpusVideo, text: CorpusText): string => {
  const { videoId, channelId, runId } = ids(video);
  const words = (ranks: readonly number[]) => ranks.map((rank) => text.names[rank]);
  const views = viewsOf(video, text);
  // Every twentieth is watched at the moment.
  const trend = video.index % 20 === 0 ? views / (1 + (video.index % 7)) : 0;
  return copyLine(
    ...[videoId, channelId, corpusId(1, 1), words(video.title).join(" "), words(video.description).join(" ")],
    ...[
      list(words(video.tags).map(String)),
      video.category,
      video.language,
      "public",
      "ready",
      runId,
      "clip.mp4",
      1000,
    ],
    ...[
      publishedAt(video),
      video.durationMs,
      1920,
      1080,
      "25/1",
      posterKey({ videoId, runId }),
      "#203040",
      views,
      trend,
    ],
  );
};

const captionLine = (video: CorpusVideo): string => {
  const { videoId, captionId } = ids(video);
  const key = `bench/${video.index}`;
  return copyLine(captionId, videoId, "uk", "uk", "subtitles", "upload", key, 1, video.cues.length, key);
};

const cueLines = function* (video: CorpusVideo, { names, stems }: CorpusText) {
  const { captionId } = ids(video);
  for (const [at, ranks] of video.cues.entries()) {
    const numbers = sorted(ranks.map((rank) => stems[rank] ?? 0));
    const words = ranks.map((rank) => names[rank]).join(" ");
    yield copyLine(captionId, at, at * 5000, at * 5000 + 4000, words, list(numbers));
  }
};

const rungs = [
  { name: "360p", width: 640, height: 360, bandwidth: 800_000 },
  { name: "720p", width: 1280, height: 720, bandwidth: 2_800_000 },
  { name: "1080p", width: 1920, height: 1080, bandwidth: 5_000_000 },
] as const;

const renditionLines = function* (video: CorpusVideo) {
  for (const [at, { name, width, height, bandwidth }] of rungs.entries()) {
    const id = corpusId(6, video.index * rungs.length + at);
    yield copyLine(
      ...[id, ids(video).runId, "video", name, width, height, "25/1", bandwidth, bandwidth, "avc1.640028", 100, 1000],
    );
  }
};

const runLine = (video: CorpusVideo): string => {
  const { videoId, runId } = ids(video);
  return copyLine(runId, videoId, "upload", "published", `originals/${videoId}`);
};

const stillLine = (video: CorpusVideo): string => {
  const { videoId, runId } = ids(video);
  const key = storyboardKey({ videoId, runId });
  return copyLine(corpusId(7, video.index), videoId, runId, "storyboard", key, 1000, "text/vtt");
};

/** How many comments a video has: the best ones have most. */
const commentsOf = ({ index }: CorpusVideo, { videos }: CorpusSize) =>
  Math.min(2000, Math.floor(videos / 50 / (index + 1)));

const commentLines = function* (video: CorpusVideo, { size, names }: CorpusText) {
  const count = commentsOf(video, size);
  const { videoId } = ids(video);
  for (let at = 0; at < count; at += 1) {
    const author = corpusId(1, 2 + ((video.index + at * 31) % corpusPeople.people));
    yield copyLine(corpusId(8, video.index * 2000 + at), videoId, author, `${names[at]} ${names[video.index]}`, at % 9);
  }
};

const reactionLines = function* (video: CorpusVideo, { size }: CorpusText) {
  const count = commentsOf(video, size);
  if (count > 0) yield copyLine(ids(video).videoId, count * 3, count);
};

/** Every table that has something of each video, the videos in the order of their popularity. */
export const videoTables = (text: CorpusText): TableLines[] => {
  const each = function* (make: (video: CorpusVideo, text: CorpusText) => Iterable<string>) {
    for (const video of makeVideos(text.size)) yield* make(video, text);
  };
  const one = (make: (video: CorpusVideo, text: CorpusText) => string) => each((video) => [make(video, text)]);
  const rows = (table: string, columns: string, lines: Iterable<string>): TableLines => ({ table, columns, lines });
  return [
    rows(
      "videos",
      `id, channel_id, creator_id, title, description, tags, category, language, visibility, status, current_run_id,
       source_filename, source_size_bytes, published_at, duration_ms, width, height, frame_rate, poster_key, dominant_color,
       view_count, trend_score`,
      one(videoLine),
    ),
    rows(
      "captions",
      "id, video_id, language, label, kind, origin, key, size_bytes, cue_count, cues_key",
      one(captionLine),
    ),
    rows("cues", "caption_id, ordinal, start_ms, end_ms, text, stems", each(cueLines)),
    rows("runs", "id, video_id, reason, state, source_key", one(runLine)),
    rows(
      "renditions",
      `id, run_id, kind, name, width, height, frame_rate, bandwidth, average_bandwidth, codecs, segment_count, size_bytes`,
      each(renditionLines),
    ),
    rows("assets", "id, video_id, run_id, kind, key, size_bytes, content_type", one(stillLine)),
    rows("comments", "id, video_id, author_id, body, likes", each(commentLines)),
    rows("video_reactions", "video_id, likes, comments", each(reactionLines)),
    rows(
      "search_documents",
      `video_id, channel_id, tier, popularity, published_at, duration_ms, category, language, tags, has_captions, codes,
       weights, words, title_words, fingerprint`,
      one(documentLine),
    ),
  ];
};
