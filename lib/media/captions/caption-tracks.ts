import { z } from "zod";
import { languageName, languageTag, unknownLanguage } from "#lib/media/captions/caption-language.ts";
import { type Chapter, tidyChapters } from "#lib/media/captions/chapter-list.ts";

const numeric = z.coerce.number().finite().optional().catch(undefined);
const tags = z.record(z.string(), z.coerce.string()).optional().catch(undefined);

const outputSchema = z.object({
  streams: z
    .array(
      z.object({
        index: z.number().int().min(0),
        codec_type: z.string().optional(),
        codec_name: z.string().optional(),
        disposition: z.record(z.string(), z.number()).optional().catch(undefined),
        tags,
      }),
    )
    .default([]),
  chapters: z
    .array(z.object({ start_time: numeric, tags }))
    .default([])
    .catch([]),
  format: z.object({ start_time: numeric, duration: numeric }).optional(),
});

type RawStream = z.output<typeof outputSchema>["streams"][number];

/** One text track of a file. */
export type TextTrack = {
  streamIndex: number;
  codec: string;
  /** Language tag; `und` when the file does not say. */
  language: string;
  label: string;
  kind: "subtitles" | "captions";
  /** Lines that must be read although nobody asked for captions, such as signs and foreign speech. */
  forced: boolean;
};

/** What a file holds besides picture and sound. */
export type FileText = {
  /** The file's own time of the run's time 0, as ffprobe tells it. */
  zeroMs: number;
  tracks: readonly TextTrack[];
  /** Codecs of subtitle tracks that are pictures, which cannot become text. */
  pictures: readonly string[];
  chapters: readonly Chapter[];
};

/** Codecs that ffmpeg turns into text. `eia_608`: closed captions as a track of their own, as QuickTime files have. */
const textCodecs = new Set(["subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text", "eia_608"]);
/** More text tracks than this are left. */
const maxTracks = 32;

const cleanLabel = (title: string | undefined): string =>
  (title ?? "")
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 80);

const toTrack = (stream: RawStream, ordinal: number): TextTrack => {
  const language = languageTag(stream.tags?.["language"] ?? "") ?? unknownLanguage;
  const flags = stream.disposition ?? {};
  const isCaptions = stream.codec_name === "eia_608" || flags["hearing_impaired"] === 1 || flags["captions"] === 1;
  return {
    streamIndex: stream.index,
    codec: stream.codec_name ?? "",
    language,
    label: cleanLabel(stream.tags?.["title"]) || (languageName(language) ?? `Subtitles ${ordinal + 1}`),
    kind: isCaptions ? "captions" : "subtitles",
    forced: flags["forced"] === 1,
  };
};

/**
 * Finds text tracks and chapters in ffprobe's JSON (`-show_streams -show_chapters -show_format`); undefined when there is
 * neither. Chapters are told from the file's start, as its pictures are.
 */
export const fileTextOf = (json: unknown): FileText | undefined => {
  const parsed = outputSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { streams, chapters, format } = parsed.data;
  const subtitles = streams.filter((stream) => stream.codec_type === "subtitle");
  const isText = (stream: RawStream) => textCodecs.has(stream.codec_name ?? "");
  const zeroMs = Math.round((format?.start_time ?? 0) * 1000);
  const found: FileText = {
    zeroMs,
    tracks: subtitles.filter(isText).slice(0, maxTracks).map(toTrack),
    pictures: subtitles.filter((stream) => !isText(stream)).map((stream) => stream.codec_name ?? "unknown"),
    chapters: tidyChapters({
      chapters: chapters.flatMap(({ start_time, tags: words }) =>
        start_time === undefined ? [] : [{ startMs: start_time * 1000 - zeroMs, title: words?.["title"] ?? "" }],
      ),
      durationMs: format?.duration === undefined ? null : format.duration * 1000,
    }),
  };
  return found.tracks.length + found.pictures.length + found.chapters.length === 0 ? undefined : found;
};
