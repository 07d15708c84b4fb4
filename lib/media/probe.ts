import { z } from "zod";
import { MediaFailure } from "#lib/media/failures.ts";
import { parseRational, type Rational } from "#lib/media/rational.ts";

const numeric = z.coerce.number().finite().optional().catch(undefined);
const tags = z.record(z.string(), z.coerce.string()).optional().catch(undefined);

const streamSchema = z.object({
  index: z.number().int().min(0),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  profile: z.coerce.string().optional(),
  width: numeric,
  height: numeric,
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  sample_aspect_ratio: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  start_time: numeric,
  duration: numeric,
  bit_rate: numeric,
  sample_rate: numeric,
  channels: numeric,
  disposition: z.record(z.string(), z.number()).optional(),
  tags,
  side_data_list: z
    .array(z.object({ side_data_type: z.string().optional(), rotation: numeric }))
    .optional()
    .catch(undefined),
});

const outputSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z.object({ format_name: z.string(), start_time: numeric, duration: numeric, bit_rate: numeric }).optional(),
});

type RawStream = z.output<typeof streamSchema>;

/** The picture of a file. Sizes are those stored, before rotation and aspect ratio are applied. */
export type VideoStream = {
  index: number;
  codec: string;
  profile: string | null;
  width: number;
  height: number;
  pixelFormat: string | null;
  /** Quarter turns that a player applies, clockwise: 0, 90, 180 or 270. */
  rotation: 0 | 90 | 180 | 270;
  /** Width of a stored pixel divided by its height. */
  sampleAspectRatio: Rational;
  /** Lowest rate that represents all times, as guessed by ffprobe. */
  nominalFrameRate: Rational | null;
  /** Frames divided by duration. */
  averageFrameRate: Rational | null;
  interlaced: boolean;
  /** `pq` and `hlg` are high dynamic range. */
  transfer: "sdr" | "pq" | "hlg";
  startSeconds: number | null;
  durationSeconds: number | null;
};

/** One sound track of a file. */
export type AudioStream = {
  index: number;
  codec: string;
  profile: string | null;
  channels: number;
  sampleRate: number;
  bitRate: number | null;
  /** Two or three letters as found in the file, or null. */
  language: string | null;
  /** The track's name as found in the file, without control characters; null when there is none. */
  title: string | null;
  isDefault: boolean;
  startSeconds: number | null;
  durationSeconds: number | null;
};

/** What is known of a file before anything is decoded. */
export type Probe = {
  /** ffmpeg's name of the container, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: string;
  startSeconds: number;
  durationSeconds: number | null;
  /** Whether the duration is a guess from the bit rate or was left out, so that it must be measured. */
  durationUncertain: boolean;
  bitRate: number | null;
  streamCount: number;
  /** The best picture; cover art does not count. */
  video: VideoStream | null;
  audio: readonly AudioStream[];
  encrypted: boolean;
  /** Codecs of streams that no decoder takes. */
  undecodable: readonly string[];
};

/** Raw containers without an index: ffprobe divides the size by the bit rate of the first frames. */
const guessedDuration = /^(aac|mp3|ac3|eac3|dts|amr|h264|hevc|m4v|mpegvideo|mpeg)$/;
const encryptedTag = /^(enc[vast]|drm[is]|p608)$/;

const quarterTurn = (degrees: number): VideoStream["rotation"] => {
  // ffprobe gives the counter-clockwise angle of the display matrix.
  const turned = (((Math.round(-degrees / 90) * 90) % 360) + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
};

const rotationOf = (stream: RawStream) =>
  quarterTurn(stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0);

const transferOf = (stream: RawStream): VideoStream["transfer"] => {
  if (stream.color_transfer === "smpte2084") return "pq";
  return stream.color_transfer === "arib-std-b67" ? "hlg" : "sdr";
};

const toVideo = (stream: RawStream): VideoStream => ({
  index: stream.index,
  codec: stream.codec_name ?? "unknown",
  profile: stream.profile ?? null,
  width: stream.width ?? 0,
  height: stream.height ?? 0,
  pixelFormat: stream.pix_fmt ?? null,
  rotation: rotationOf(stream),
  sampleAspectRatio: parseRational(stream.sample_aspect_ratio) ?? { num: 1, den: 1 },
  nominalFrameRate: parseRational(stream.r_frame_rate),
  averageFrameRate: parseRational(stream.avg_frame_rate),
  interlaced: ["tt", "bb", "tb", "bt"].includes(stream.field_order ?? ""),
  transfer: transferOf(stream),
  startSeconds: stream.start_time ?? null,
  durationSeconds: stream.duration ?? taggedDuration(stream),
});

/** Matroska keeps a track's duration in a tag, `00:01:02.345000000`. */
const taggedDuration = (stream: RawStream): number | null => {
  const text = stream.tags?.["DURATION"] ?? stream.tags?.["DURATION-eng"] ?? "";
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (match === null) return null;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return seconds > 0 ? seconds : null;
};

const cleanTitle = (title: string | undefined): string | null => {
  // Quotes and line ends would end an attribute of a playlist.
  const cleaned = (title ?? "")
    .replace(/[\p{Cc}\p{Cf}"]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 80);
  return cleaned === "" ? null : cleaned;
};

const cleanLanguage = (language: string | undefined): string | null =>
  language !== undefined && /^[a-zA-Z]{2,3}$/.test(language) && language !== "und" ? language.toLowerCase() : null;

const toAudio = (stream: RawStream): AudioStream => ({
  index: stream.index,
  codec: stream.codec_name ?? "unknown",
  profile: stream.profile ?? null,
  channels: stream.channels ?? 0,
  sampleRate: stream.sample_rate ?? 0,
  bitRate: stream.bit_rate ?? null,
  language: cleanLanguage(stream.tags?.["language"]),
  title: cleanTitle(stream.tags?.["title"]),
  isDefault: stream.disposition?.["default"] === 1,
  startSeconds: stream.start_time ?? null,
  durationSeconds: stream.duration ?? taggedDuration(stream),
});

const isCover = (stream: RawStream) =>
  stream.disposition?.["attached_pic"] === 1 || stream.disposition?.["timed_thumbnails"] === 1;

const isType = (type: string) => (stream: RawStream) => stream.codec_type === type;

/** The default picture, else the largest. */
const bestVideo = (streams: readonly RawStream[]): RawStream | null => {
  const rank = (stream: RawStream) =>
    (stream.disposition?.["default"] === 1 ? 1e12 : 0) + (stream.width ?? 0) * (stream.height ?? 0);
  return streams.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
};

/** Whether a decoder opened: ffprobe then knows the pixel or the sample format's essentials. */
const decodable = (stream: RawStream) =>
  stream.codec_name !== undefined &&
  stream.codec_name !== "none" &&
  stream.codec_name !== "unknown" &&
  (stream.codec_type === "audio" ? (stream.channels ?? 0) > 0 && (stream.sample_rate ?? 0) > 0 : true);

/** Reads ffprobe's JSON (`-show_format -show_streams`). Throws `MediaFailure` `not_media` when it names no container. */
export const parseProbe = (json: unknown): Probe => {
  const parsed = outputSchema.safeParse(json);
  if (!parsed.success || parsed.data.format === undefined) {
    throw new MediaFailure("not_media", { detail: "ffprobe named no container", cause: parsed.error });
  }
  const { streams, format } = parsed.data;
  const played = streams.filter((stream) => (isType("video")(stream) && !isCover(stream)) || isType("audio")(stream));
  const usable = played.filter(decodable);
  const video = bestVideo(usable.filter(isType("video")));
  return {
    container: format.format_name,
    startSeconds: format.start_time ?? 0,
    durationSeconds: format.duration !== undefined && format.duration > 0 ? format.duration : null,
    durationUncertain: !((format.duration ?? 0) > 0) || guessedDuration.test(format.format_name),
    bitRate: format.bit_rate ?? null,
    streamCount: streams.length,
    video: video === null ? null : toVideo(video),
    audio: usable.filter(isType("audio")).map(toAudio),
    encrypted: streams.some((stream) => encryptedTag.test(stream.codec_tag_string ?? "")),
    undecodable: played.filter((stream) => !decodable(stream)).map((stream) => stream.codec_name ?? "unknown"),
  };
};

/** What a file may have at most. */
export type SourceLimits = { maxPixels: number; maxDurationSeconds: number; maxStreams: number };

/** Refuses a file that cannot or may not be processed. Throws `MediaFailure` with the code that says why. */
export const assertProcessable = ({ probe, limits }: { probe: Probe; limits: SourceLimits }): void => {
  if (probe.streamCount > limits.maxStreams) throw new MediaFailure("too_many_streams");
  if (probe.encrypted) throw new MediaFailure("drm");
  if (probe.video === null && probe.audio.length === 0) {
    throw new MediaFailure(probe.undecodable.length > 0 ? "unsupported_codec" : "no_streams", {
      detail: probe.undecodable.join(", "),
    });
  }
  if (probe.video !== null && probe.video.width * probe.video.height > limits.maxPixels) {
    throw new MediaFailure("too_large_frame", { detail: `${probe.video.width}x${probe.video.height}` });
  }
  if (probe.video !== null && (probe.video.width < 1 || probe.video.height < 1)) throw new MediaFailure("corrupt");
  if ((probe.durationSeconds ?? 0) > limits.maxDurationSeconds) throw new MediaFailure("too_long");
};
