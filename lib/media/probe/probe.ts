import { z } from "zod";
import { type FileText, fileTextOf } from "#lib/media/captions/caption-tracks.ts";
import type { ColourMatrix } from "#lib/media/encode/colour-matrix.ts";
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
  nb_frames: numeric,
  sample_rate: numeric,
  channels: numeric,
  disposition: z.record(z.string(), z.number()).optional(),
  tags,
  side_data_list: z
    .array(
      z.object({
        side_data_type: z.string().optional(),
        rotation: numeric,
        displaymatrix: z.string().optional().catch(undefined),
        dv_profile: numeric,
        dv_bl_signal_compatibility_id: numeric,
      }),
    )
    .optional()
    .catch(undefined),
});

const formatSchema = z.object({ format_name: z.string(), start_time: numeric, duration: numeric, bit_rate: numeric });

const outputSchema = z.object({ streams: z.array(streamSchema).default([]), format: formatSchema.optional() });

type RawFormat = z.output<typeof formatSchema>;

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
  /** Whether the display matrix also mirrors the picture, which no player can be told in a segment. */
  mirrored: boolean;
  /** Width of a stored pixel divided by its height. */
  sampleAspectRatio: Rational;
  /** Lowest rate that represents all times, as guessed by ffprobe. */
  nominalFrameRate: Rational | null;
  /** Frames divided by duration. */
  averageFrameRate: Rational | null;
  interlaced: boolean;
  /** `pq` and `hlg` are high dynamic range. */
  transfer: "sdr" | "pq" | "hlg";
  /** How colours are coded; absent when the file does not say. */
  matrix?: ColourMatrix;
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
  /** Packets of the track, where the container counts them. */
  packetCount: number | null;
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
  /** Whether the file has a picture, and none that a decoder takes. */
  pictureLost: boolean;
  /** Codecs of streams that have a decoder but tell no size or rate: their beginning is missing or broken. */
  unreadable: readonly string[];
  /** Text tracks and chapters; absent when there are none. */
  text?: FileText | undefined;
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

/** The upper left four numbers of the matrix as ffprobe prints it, row by row; a mirror turns their determinant round. */
const isMirrored = (stream: RawStream): boolean => {
  const text = stream.side_data_list?.find((data) => data.displaymatrix !== undefined)?.displaymatrix ?? "";
  const [, a = 0, b = 0, c = 0, d = 0] = (
    /0+:\s+(-?\d+)\s+(-?\d+)\s+-?\d+\s+0+1:\s+(-?\d+)\s+(-?\d+)/.exec(text) ?? []
  ).map(Number);
  return a * d - b * c < 0;
};

/**
 * Dolby Vision whose base layer is no picture by itself (profile 5, and 10 without compatibility): its colours are in a
 * space of its own, so that any decoder without the enhancement shows green and purple.
 */
const needsDolbyDecoder = (stream: RawStream): boolean =>
  stream.side_data_list?.some(
    ({ dv_profile, dv_bl_signal_compatibility_id }) =>
      dv_profile !== undefined && (dv_profile === 5 || (dv_profile === 10 && dv_bl_signal_compatibility_id === 0)),
  ) ?? false;

/** Names of ISO/IEC 23091-2, table 4, as ffprobe writes them. */
const matrices: Record<string, ColourMatrix> = {
  bt709: "bt709",
  smpte170m: "bt601",
  bt470bg: "bt601",
  fcc: "bt601",
  bt2020nc: "bt2020",
};

const matrixOf = (stream: RawStream): { matrix?: ColourMatrix } => {
  const matrix = matrices[stream.color_space ?? ""];
  return matrix === undefined ? {} : { matrix };
};

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
  mirrored: isMirrored(stream),
  sampleAspectRatio: parseRational(stream.sample_aspect_ratio) ?? { num: 1, den: 1 },
  nominalFrameRate: parseRational(stream.r_frame_rate),
  averageFrameRate: parseRational(stream.avg_frame_rate),
  interlaced: ["tt", "bb", "tb", "bt"].includes(stream.field_order ?? ""),
  transfer: transferOf(stream),
  ...matrixOf(stream),
  startSeconds: stream.start_time ?? null,
  durationSeconds: stream.duration ?? taggedDuration(stream),
});

/**
 * Matroska keeps a track's duration in a tag, `00:01:02.345000000`. mkvmerge, which signs its statistics, means a length;
 * ffmpeg means the end.
 */
const taggedDuration = (stream: RawStream): number | null => {
  const { tags: found = {}, start_time: start = 0 } = stream;
  const match = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(found["DURATION"] ?? found["DURATION-eng"] ?? "");
  if (match === null) return null;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  const isLength = Object.keys(found).some((name) => name.startsWith("_STATISTICS_"));
  const length = isLength || seconds <= start ? seconds : seconds - start;
  return length > 0 ? length : null;
};

/** Whether a container's duration may be its end: Matroska says length, and ffmpeg's and other live recordings end. */
const mayBeEnd = ({ format_name, start_time = 0, duration = 0 }: RawFormat): boolean =>
  /\bmatroska\b/.test(format_name) && start_time > 0.5 && duration > start_time;

const durationOf = (format: RawFormat): number | null => {
  const { duration = 0, start_time = 0 } = format;
  if (!(duration > 0)) return null;
  return mayBeEnd(format) ? duration - start_time : duration;
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
  packetCount: stream.nb_frames ?? null,
});

/** Where lengths are guessed, a stream's own is no better: H.264 in a program stream told 0.6 of its 2 s. */
const withoutDuration = (stream: RawStream): RawStream => ({ ...stream, duration: undefined });

const isCover = (stream: RawStream) =>
  stream.disposition?.["attached_pic"] === 1 || stream.disposition?.["timed_thumbnails"] === 1;

const isType = (type: string) => (stream: RawStream) => stream.codec_type === type;

/** Codings of single pictures: a cover, when something else moves. */
const stillCodec = /^(mjpeg|png|bmp|webp|gif|tiff)$/;

/** What moves, then the default picture, then the largest. */
const bestVideo = (streams: readonly RawStream[]): RawStream | null => {
  const rank = (stream: RawStream) =>
    (stillCodec.test(stream.codec_name ?? "") ? 0 : 1e14) +
    (stream.disposition?.["default"] === 1 ? 1e12 : 0) +
    (stream.width ?? 0) * (stream.height ?? 0);
  return streams.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
};

/** Whether a stream has a decoder that we use; ffprobe names no codec that it does not know. */
const decodable = (stream: RawStream, refused: ReadonlySet<number>) =>
  stream.codec_name !== undefined &&
  stream.codec_name !== "none" &&
  stream.codec_name !== "unknown" &&
  !refused.has(stream.index) &&
  !needsDolbyDecoder(stream);

/** Whether the essentials of its pictures or sounds were found. */
const readable = (stream: RawStream) =>
  stream.codec_type === "audio"
    ? (stream.channels ?? 0) > 0 && (stream.sample_rate ?? 0) > 0
    : (stream.width ?? 0) > 0 && (stream.height ?? 0) > 0;

const dolby = "dolby-vision";

const codecNames = (streams: readonly RawStream[]) =>
  streams.map((stream) => (needsDolbyDecoder(stream) ? dolby : (stream.codec_name ?? "unknown")));

/** Matroska keeps the id of a track's key in a tag. */
const isEncrypted = (stream: RawStream) =>
  encryptedTag.test(stream.codec_tag_string ?? "") || stream.tags?.["enc_key_id"] !== undefined;

/**
 * Reads ffprobe's JSON (`-show_format -show_streams`). Streams whose decoder was refused count as undecodable: the rest
 * of the file is used without them. Throws `MediaFailure` `not_media` when it names no container.
 */
export const parseProbe = (json: unknown, refusedStreams: readonly number[] = []): Probe => {
  const parsed = outputSchema.safeParse(json);
  if (!parsed.success || parsed.data.format === undefined) {
    throw new MediaFailure("not_media", { detail: "ffprobe named no container", cause: parsed.error });
  }
  const { format } = parsed.data;
  const streams = guessedDuration.test(format.format_name)
    ? parsed.data.streams.map(withoutDuration)
    : parsed.data.streams;
  const refused = new Set(refusedStreams);
  const played = streams.filter((stream) => (isType("video")(stream) && !isCover(stream)) || isType("audio")(stream));
  const known = played.filter((stream) => decodable(stream, refused));
  const lost = played.filter((stream) => !decodable(stream, refused));
  const usable = known.filter(readable);
  const video = bestVideo(usable.filter(isType("video")));
  return {
    container: format.format_name,
    startSeconds: format.start_time ?? 0,
    durationSeconds: durationOf(format),
    durationUncertain: durationOf(format) === null || mayBeEnd(format) || guessedDuration.test(format.format_name),
    bitRate: format.bit_rate ?? null,
    streamCount: streams.length,
    video: video === null ? null : toVideo(video),
    audio: usable.filter(isType("audio")).map(toAudio),
    encrypted: streams.some(isEncrypted),
    undecodable: codecNames(lost),
    pictureLost: video === null && lost.some(isType("video")),
    unreadable: codecNames(known.filter((stream) => !readable(stream))),
    text: fileTextOf(json),
  };
};

/** What a file may have at most. */
export type SourceLimits = { maxPixels: number; maxDurationSeconds: number; maxStreams: number };

/** A recording of a still screen takes more than this; what takes less is a header that promises hours of nothing. */
const leastBytesPerSecond = 4;
/** Short files may be as small as they like. */
const smallestLong = 600;

const assertPlayable = ({ probe, soundOnly }: { probe: Probe; soundOnly: boolean }): void => {
  const { video, audio, undecodable, unreadable } = probe;
  // The sound under a drawn cover would look like success, and is not what the person sent; who wants it says so.
  const lostPicture = probe.pictureLost && !soundOnly;
  if (!lostPicture && (video !== null || audio.length > 0)) return;
  if (undecodable.length > 0) throw new MediaFailure("unsupported_codec", { detail: undecodable.join(", ") });
  throw new MediaFailure(unreadable.length > 0 ? "corrupt" : "no_streams", { detail: unreadable.join(", ") });
};

/**
 * Refuses a file that cannot or may not be processed. `sizeBytes` is the file's own; `soundOnly` when its picture is not
 * wanted. Throws `MediaFailure` with the code
 * that says why.
 */
export const assertProcessable = (input: {
  probe: Probe;
  limits: SourceLimits;
  sizeBytes: number;
  soundOnly?: boolean;
}): void => {
  const { probe, limits } = input;
  if (probe.streamCount > limits.maxStreams) throw new MediaFailure("too_many_streams");
  if (probe.encrypted) throw new MediaFailure("drm");
  assertPlayable({ probe, soundOnly: input.soundOnly ?? false });
  const { video } = probe;
  if (video !== null && video.width * video.height > limits.maxPixels) {
    throw new MediaFailure("too_large_frame", { detail: `${video.width}x${video.height}` });
  }
  const seconds = probe.durationSeconds ?? 0;
  if (seconds > limits.maxDurationSeconds) throw new MediaFailure("too_long");
  if (seconds > smallestLong && input.sizeBytes < seconds * leastBytesPerSecond) {
    throw new MediaFailure("corrupt", { detail: `${input.sizeBytes} bytes that claim ${seconds} s` });
  }
};
