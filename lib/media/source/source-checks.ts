import type { AudioStream, Probe, VideoStream } from "#lib/media/probe/probe.ts";
import { aacCodecs } from "#lib/media/source/source-codecs.ts";
import type { SourceFormat } from "#lib/media/source/source-format.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { SourceTable } from "#lib/media/source/source-table.ts";

/** Key frames further apart than this make starting and seeking slow. */
export const maxKeyFrameSeconds = 10.5;
/** Rates are averages of the packets' times; a little above 60 is rounding. */
const maxFramesPerSecond = 60.5;

const pixelFormats: Record<string, readonly string[]> = {
  h264: ["yuv420p", "yuvj420p"],
  hevc: ["yuv420p", "yuvj420p", "yuv420p10le"],
  vp9: ["yuv420p"],
  av1: ["yuv420p", "yuv420p10le"],
};

const entries: Record<string, string> = { h264: "avc1", hevc: "hvc1", vp9: "vp09", av1: "av01" };

/** Refuses, by what ffprobe says, pictures that browsers cannot show as they are. Throws `SourceRefusal`. */
export const requireWatchable = (probe: Probe): VideoStream => {
  const { video } = probe;
  if (video === null) throw new SourceRefusal("no picture");
  const formats = pixelFormats[video.codec];
  requireOf(formats !== undefined, `the codec ${video.codec}`);
  requireOf(formats?.includes(video.pixelFormat ?? "") === true, `pixels as ${video.pixelFormat}`);
  requireOf(video.transfer === "sdr", "high dynamic range");
  requireOf(!video.interlaced, "interlaced");
  requireOf(video.rotation === 0, "turned");
  requireOf(video.sampleAspectRatio.num === video.sampleAspectRatio.den, "pixels that are not square");
  requireOf(video.width % 2 === 0 && video.height % 2 === 0, "an odd size");
  return video;
};

/** Refuses a picture whose container and ffprobe disagree. Throws `SourceRefusal`. */
export const requireSamePicture = (input: { video: VideoStream; format: SourceFormat | null }): void => {
  const { video, format } = input;
  if (format?.kind !== "video") throw new SourceRefusal("a sample entry of rare kind");
  requireOf(format.entry === entries[video.codec], "a sample entry of another codec");
  // Coded sizes may be larger than shown ones only by the cropping that the codec itself names.
  requireOf(format.width === video.width && format.height === video.height, "a sample entry of another size");
};

/** Tells whether a table's start is where ffprobe sees the stream begin, in seconds of the run. */
const startsAsProbed = (input: {
  ours: number;
  stream: { startSeconds: number | null };
  probe: Probe;
  slack: number;
}) =>
  input.stream.startSeconds === null ||
  Math.abs(input.stream.startSeconds - input.probe.startSeconds - input.ours) <= input.slack;

/** Steps by which frames are out of order: a few each, with any number of B-frames. */
const maxStepsPerFrame = 16;

/** The times in order: pictures are decoded nearly so, and putting the few in their place is far cheaper than sorting. */
const inOrder = (times: Float64Array): Float64Array => {
  const sorted = times.slice();
  let stepsLeft = sorted.length * maxStepsPerFrame;
  for (let index = 1; index < sorted.length; index += 1) {
    const time = sorted[index] ?? 0;
    let at = index;
    for (; at > 0 && (sorted[at - 1] ?? 0) > time; at -= 1) sorted[at] = sorted[at - 1] ?? 0;
    sorted[at] = time;
    stepsLeft -= index - at;
    if (stepsLeft < 0) return sorted.sort();
  }
  return sorted;
};

/** Refuses a picture track that cannot be cut into segments. Throws `SourceRefusal`. */
export const requireSteadyPicture = (input: {
  table: SourceTable;
  timescale: number;
  video: VideoStream;
  probe: Probe;
}): void => {
  const { table, timescale, video, probe } = input;
  requireOf(table.count >= 2, "a single frame");
  requireOf(table.keys[0] === 1, "no key frame at the beginning");
  const sorted = inOrder(table.times);
  let apart = true;
  for (let index = 1; index < sorted.length && apart; index += 1)
    apart = (sorted[index] ?? 0) > (sorted[index - 1] ?? 0);
  requireOf(apart, "two frames at one time");
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  const ours = first / timescale;
  requireOf(ours >= -0.0005 && ours <= 0.5, `the picture starts at ${ours.toFixed(3)} s`);
  requireOf(startsAsProbed({ ours, stream: video, probe, slack: 0.005 }), "a start that ffprobe sees elsewhere");
  const rate = ((table.count - 1) * timescale) / Math.max(1, last - first);
  requireOf(rate <= maxFramesPerSecond, `${rate.toFixed(1)} frames a second`);
  const declared = probe.durationSeconds ?? table.endTicks / timescale;
  requireOf(table.endTicks / timescale >= declared - 2, "the picture ends before the sound");
};

/** Whether ffprobe's facts of a sound track let it be played as it is. */
export const isPlayableSound = (stream: AudioStream): boolean =>
  (stream.codec === "aac" || stream.codec === "opus") &&
  (stream.channels === 1 || stream.channels === 2) &&
  stream.sampleRate >= 16_000 &&
  stream.sampleRate <= 48_000 &&
  (stream.bitRate ?? 0) <= 400_000;

/** Codecs string of a sound track, told by its configuration and ffprobe's profile; null when it is of a rare kind. */
export const soundCodecs = ({
  format,
  stream,
}: {
  format: SourceFormat | null;
  stream: AudioStream;
}): string | null => {
  if (format?.kind !== "audio") return null;
  if (format.entry === "Opus") return stream.codec === "opus" && format.channels <= 2 ? "opus" : null;
  return stream.codec === "aac" ? aacCodecs({ config: format.config, profile: stream.profile }) : null;
};

/** Whether sound begins with the picture, ends about with it, and has its packets one after another without a gap. */
export const isSteadySound = (input: {
  table: SourceTable;
  timescale: number;
  packetSeconds: number | null;
  pictureEndSeconds: number;
  stream: AudioStream;
  probe: Probe;
}): boolean => {
  const { table, timescale, stream, probe } = input;
  const length = (index: number) => (table.times[index + 1] ?? table.endTicks) - (table.times[index] ?? 0);
  const wanted = input.packetSeconds === null ? length(0) : input.packetSeconds * timescale;
  const slack = Math.max(wanted * 0.1, timescale * 0.0015);
  for (let index = 0; index + 1 < table.count; index += 1) if (Math.abs(length(index) - wanted) > slack) return false;
  const first = (table.times[0] ?? 0) / timescale;
  return (
    table.count > 0 &&
    first >= -0.5 &&
    first <= 0.05 &&
    startsAsProbed({ ours: Math.max(0, first), stream, probe, slack: 0.06 }) &&
    table.endTicks / timescale >= input.pictureEndSeconds - 0.5 &&
    table.endTicks / timescale <= input.pictureEndSeconds + 2
  );
};
