import { fragmentInit } from "#lib/media/fragment/fragment-init.ts";
import type { AudioStream, Probe, VideoStream } from "#lib/media/probe/probe.ts";
import {
  isPlayableSound,
  isSteadySound,
  maxKeyFrameSeconds,
  requireSamePicture,
  requireSteadyPicture,
  soundCodecs,
} from "#lib/media/source/source-checks.ts";
import { readAacConfig, vp9Codecs, vp9Level, withVp9Level } from "#lib/media/source/source-codecs.ts";
import { closedCuts, mergeCuts } from "#lib/media/source/source-cuts.ts";
import type { PictureFormat, SoundFormat } from "#lib/media/source/source-format.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";
import { expectedSegments, rangesOf, soundStarts, sourceTrack } from "#lib/media/source/source-track.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";
import { checkKeyFrames } from "#lib/packaging/check-key-frames.ts";

/** A track whose every packet is known. */
export type WholeTrack<Format> = { format: Format; timescale: number; table: SourceTable };

/** VP9's level is left 0 by some writers and refused by players then. */
const withLevel = ({ format, table, timescale }: WholeTrack<PictureFormat>): PictureFormat => {
  if (format.entry !== "vp09") return format;
  const framesPerSecond = (table.count * timescale) / table.endTicks;
  const config = withVp9Level(format.config, vp9Level({ ...format, framesPerSecond }));
  return { ...format, config, codecs: vp9Codecs(config) };
};

/** A difference that no rounding makes. */
const shortestHoldSeconds = 0.1;

/**
 * Where the sound goes on after the last frame, that frame stays: all renditions of a video are as long as it is. Only an
 * index of all packets is believed: other heads go on telling the whole length of a file that was cut.
 */
const heldEnd = ({ table, timescale, probe }: { table: SourceTable; timescale: number; probe: Probe }): number => {
  const end = Math.round((probe.durationSeconds ?? 0) * timescale);
  return end - table.endTicks > shortestHoldSeconds * timescale ? end : table.endTicks;
};

/** The picture as a track of segments, cut on the source's own key frames. Throws `SourceRefusal`. */
export const pictureTrack = async (input: {
  source: ByteSource;
  track: WholeTrack<PictureFormat>;
  video: VideoStream;
  probe: Probe;
  targetSeconds: number;
  holds?: boolean;
}): Promise<SourceTrack> => {
  const { video, probe, targetSeconds, source } = input;
  const { table, timescale } = input.track;
  const format = withLevel(input.track);
  requireSamePicture({ video, format });
  requireSteadyPicture({ table, timescale, video, probe });
  const candidates = closedCuts(table);
  requireOf(candidates[0]?.at === 0, "an open group of pictures at the beginning");
  const endTicks = input.holds === true ? heldEnd({ table, timescale, probe }) : table.endTicks;
  const cuts = mergeCuts({ candidates, timescale, endTicks, targetSeconds, maxSeconds: maxKeyFrameSeconds });
  // Where the packet after a cut is called a key frame too, all may be: the labels were left out.
  const checked = cuts.flatMap(({ at }) => (table.keys[at + 1] === 1 ? [at, at + 1] : [at]));
  const packets = checked.map((at) => ({ at: table.offsets[at] ?? 0, sizeBytes: table.sizes[at] ?? 0 }));
  await checkKeyFrames({ source, entry: format.entry, packets });
  const starts = cuts.map(({ ticks }) => ticks);
  const ranges = rangesOf(
    cuts.map(({ at }) => at),
    table.count,
  );
  return sourceTrack({
    head: { rendition: "source", streamIndex: video.index, codecs: format.codecs, timescale, starts, endTicks },
    initBytes: fragmentInit({ format, timescale }).byteLength,
    segments: expectedSegments({ kind: "video", table: { ...table, endTicks }, ranges, starts, timescale }),
  });
};

/** Length of an AAC packet; Opus packets tell theirs by their times. */
const packetSeconds = (format: SoundFormat): number | null =>
  format.entry === "mp4a" ? 1024 / readAacConfig(format.config).sampleRate : null;

/** A sound track in segments, or null when it needs the audio step. */
export const soundTrack = (input: {
  track: WholeTrack<SoundFormat>;
  stream: AudioStream;
  ordinal: number;
  probe: Probe;
  picture: SourceTrack;
}): SourceTrack | null => {
  const { stream, ordinal, probe, picture } = input;
  const { format, table, timescale } = input.track;
  const codecs = soundCodecs({ format, stream });
  const pictureEndSeconds = picture.endTicks / picture.timescale;
  const steady = { table, timescale, packetSeconds: packetSeconds(format), pictureEndSeconds, stream, probe };
  if (codecs === null || !isSteadySound(steady)) return null;
  const cutSeconds = picture.starts.map((ticks) => ticks / picture.timescale);
  const froms = soundStarts({ table, timescale, cutSeconds });
  const starts = froms.map((from) => table.times[from] ?? 0);
  const { endTicks } = table;
  const rendition = format.entry === "Opus" ? `source-audio-${ordinal}` : `audio-${ordinal}`;
  return sourceTrack({
    head: { rendition, streamIndex: stream.index, codecs, timescale, starts, endTicks },
    initBytes: fragmentInit({ format, timescale }).byteLength,
    segments: expectedSegments({ kind: "audio", table, ranges: rangesOf(froms, table.count), starts, timescale }),
  });
};

/** As many as a plan takes. */
export const maxSoundTracks = 8;

/** Reads one track of the source by ffprobe's index; null for codecs that are not packaged. */
export type ReadTrack = (streamIndex: number) => WholeTrack<PictureFormat | SoundFormat> | null;

/** Opus goes with the codecs of WebM; beside H.264 it is encoded, as players expect AAC there. */
export const goesWith = (picture: PictureFormat, stream: AudioStream): boolean =>
  stream.codec !== "opus" || picture.entry === "vp09" || picture.entry === "av01";

/** Damage in a sound track sends that track to the audio step, not the whole file to the preview lane. */
const readSound = (input: { readTrack: ReadTrack; stream: AudioStream }): WholeTrack<SoundFormat> | null => {
  try {
    const track = input.readTrack(input.stream.index);
    return track === null || track.format.kind !== "audio" ? null : { ...track, format: track.format };
  } catch (error) {
    if (error instanceof SourceRefusal || error instanceof RangeError) return null;
    throw error;
  }
};

/** The source as a rung out of whole tables. Throws `SourceRefusal`. */
export const rungOfTables = async (input: {
  source: ByteSource;
  readTrack: ReadTrack;
  video: VideoStream;
  probe: Probe;
  targetSeconds: number;
  /** Whether the declared length is that of the packets, so that the last frame may be held up to it. */
  holds?: boolean;
}): Promise<Pick<SourceRung, "width" | "height" | "video" | "audio">> => {
  const { video, probe } = input;
  const track = input.readTrack(video.index);
  if (track === null || track.format.kind !== "video") throw new SourceRefusal("a picture of rare kind");
  const { format } = track;
  const picture = await pictureTrack({ ...input, track: { ...track, format } });
  const audio = probe.audio.slice(0, maxSoundTracks).flatMap((stream, ordinal): SourceTrack[] => {
    if (!isPlayableSound(stream) || !goesWith(format, stream)) return [];
    const sound = readSound({ readTrack: input.readTrack, stream });
    const made = sound === null ? null : soundTrack({ track: sound, stream, ordinal, probe, picture });
    return made === null ? [] : [made];
  });
  return { width: video.width, height: video.height, video: picture, audio };
};
