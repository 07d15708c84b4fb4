import { fragmentInit } from "#lib/media/fragment/fragment-init.ts";
import { fragmentHeadBytes } from "#lib/media/fragment/fragment-segment.ts";
import type { Probe, VideoStream } from "#lib/media/probe/probe.ts";
import {
  isPlayableSound,
  maxKeyFrameSeconds,
  requireSamePicture,
  soundCodecs,
} from "#lib/media/source/source-checks.ts";
import { vp9Codecs, vp9Level, withVp9Level } from "#lib/media/source/source-codecs.ts";
import { mergeCuts } from "#lib/media/source/source-cuts.ts";
import type { PictureFormat } from "#lib/media/source/source-format.ts";
import type { MatroskaTrack } from "#lib/media/source/source-matroska.ts";
import { requireOf, SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";
import { firstNumberAt, packetNumber, packetTicksAt, type SoundGrid } from "#lib/media/source/source-sound-grid.ts";
import { sourceTrack } from "#lib/media/source/source-track.ts";
import type { ByteSource } from "#lib/packaging/byte-source.ts";
import { ByteWindow } from "#lib/packaging/byte-window.ts";
import { checkKeyFrames } from "#lib/packaging/check-key-frames.ts";
import { type MatroskaPacket, walkPackets } from "#lib/packaging/matroska-blocks.ts";
import { findCut, type MatroskaCut } from "#lib/packaging/matroska-cuts.ts";
import type { MatroskaFile } from "#lib/packaging/matroska-layout.ts";
import { maxSegmentPackets, pictureCues, sparseSoundGrid } from "#lib/packaging/matroska-sparse.ts";
import { heldPictureEnd, matroskaTrackFormat, runSeconds, zeroTicks } from "#lib/packaging/matroska-tables.ts";
import { goesWith, maxSoundTracks } from "#lib/packaging/rung-of-tables.ts";

/** Stretches that are looked at packet by packet, to tell the sizes of the others. */
const sampledStretches = 40;

/** Everything about a long file that its cues and a few stretches tell. */
export type Survey = {
  source: ByteSource;
  file: MatroskaFile;
  zeroSeconds: number;
  track: MatroskaTrack;
  /** Where each segment of the picture begins, in ticks of the run. */
  starts: readonly number[];
  cuts: readonly MatroskaCut[];
  endTicks: number;
  /** The packets of some stretches, by the stretch's index; the last one is always among them. */
  samples: ReadonlyMap<number, readonly MatroskaPacket[]>;
};

const stretch = async (input: { window: ByteWindow; from: MatroskaCut; to: MatroskaCut | undefined }) => {
  const packets: MatroskaPacket[] = [];
  const end = input.to?.packet.position ?? Number.POSITIVE_INFINITY;
  const walk = walkPackets({ window: input.window, start: input.from.start, maxPackets: maxSegmentPackets });
  for await (const packet of walk) {
    if (packet.position >= end) break;
    packets.push(packet);
  }
  return packets;
};

const sampledIndexes = (count: number): number[] => {
  const step = Math.max(1, (count - 1) / sampledStretches);
  const indexes = Array.from({ length: Math.min(count, sampledStretches) }, (_, index) => Math.floor(index * step));
  return [...new Set([...indexes, count - 1])];
};

type Surveying = {
  source: ByteSource;
  file: MatroskaFile;
  zeroSeconds: number;
  track: MatroskaTrack;
  targetSeconds: number;
};

/** Cuts on the cues, each looked at: a closed group begins there. Throws `SourceRefusal`. */
const surveyCuts = async (input: Surveying) => {
  const { source, file, track, targetSeconds } = input;
  const zero = zeroTicks(file, input.zeroSeconds);
  const cues = pictureCues(file, track);
  const lastCue = cues.at(-1);
  if (lastCue === undefined) throw new SourceRefusal("no cues of the picture");
  const window = new ByteWindow(source);
  const tail = await stretch({
    window,
    from: await findCut({ window, file, cue: lastCue, track: track.number }),
    to: undefined,
  });
  const own = tail.filter((packet) => packet.track === track.number);
  const times = Float64Array.from(own, ({ ticks }) => ticks - zero);
  const endTicks = heldPictureEnd({ file, zeroSeconds: input.zeroSeconds, times });
  const candidates = cues.map(({ ticks }, at) => ({ at, ticks: ticks - zero }));
  const { timescale } = file.info;
  const merged = mergeCuts({ candidates, timescale, endTicks, targetSeconds, maxSeconds: maxKeyFrameSeconds });
  const cuts: MatroskaCut[] = [];
  for (const { at } of merged) {
    const cue = cues[at];
    if (cue !== undefined) cuts.push(await findCut({ window, file, cue, track: track.number }));
  }
  return { cuts, starts: merged.map(({ ticks }) => ticks), endTicks };
};

/** Finds the cuts of a long file and walks over a few stretches. Throws `SourceRefusal`. */
export const surveyPicture = async (input: Surveying): Promise<Survey> => {
  const { source, file, zeroSeconds, track } = input;
  const found = await surveyCuts(input);
  const window = new ByteWindow(source);
  const samples = new Map<number, readonly MatroskaPacket[]>();
  for (const index of sampledIndexes(found.cuts.length)) {
    const from = found.cuts[index];
    if (from !== undefined) samples.set(index, await stretch({ window, from, to: found.cuts[index + 1] }));
  }
  return { source, file, zeroSeconds, track, ...found, samples };
};

/** Pictures that are shown before the key frame they follow would be lost at a cut. */
const requireClosed = async (window: ByteWindow, cut: MatroskaCut): Promise<void> => {
  let seen = 0;
  for await (const packet of walkPackets({ window, start: cut.start, maxPackets: maxSegmentPackets })) {
    if (packet.track !== cut.packet.track || packet.position === cut.packet.position) continue;
    requireOf(packet.ticks > cut.packet.ticks, "an open group of pictures");
    seen += 1;
    // Leading pictures come right after their key frame (ITU-T H.265, section 3.76 and 8.3.1).
    if (seen === 2) return;
  }
};

const checkCuts = async (survey: Survey, format: PictureFormat): Promise<void> => {
  const { source, file, cuts } = survey;
  const packets = cuts.map(({ packet }) => ({ at: packet.offset, sizeBytes: packet.sizeBytes }));
  await checkKeyFrames({ source, entry: format.entry, packets });
  const window = new ByteWindow(source);
  // An IDR picture of H.264 has no leading pictures, and VP9 and AV1 reorder inside of packets.
  if (format.entry === "hvc1") for (const cut of cuts) await requireClosed(window, cut);
  const start = { at: file.firstCluster, clusterTicks: null };
  for await (const packet of walkPackets({ window, start, maxPackets: maxSegmentPackets })) {
    if (packet.track !== survey.track.number) continue;
    requireOf(packet.position === cuts[0]?.packet.position, "no key frame at the beginning");
    return;
  }
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Packets and bytes of the wanted track in the sampled stretches, and those stretches' length. */
const sampled = (survey: Survey, trackNumber: number) => {
  const own = [...survey.samples].map(([index, packets]) => {
    const mine = packets.filter(({ track }) => track === trackNumber);
    return { index, count: mine.length, bytes: sum(mine.map(({ sizeBytes }) => sizeBytes)) };
  });
  const seconds = sum(own.map(({ index }) => stretchSeconds(survey, index)));
  return { own, seconds, count: sum(own.map(({ count }) => count)), bytes: sum(own.map(({ bytes }) => bytes)) };
};

const stretchSeconds = ({ starts, endTicks, file }: Survey, index: number): number =>
  ((starts[index + 1] ?? endTicks) - (starts[index] ?? 0)) / file.info.timescale;

const pictureSegments = (survey: Survey) => {
  const { cuts, starts, samples, track } = survey;
  const facts = sampled(survey, track.number);
  const known = new Map(facts.own.map((one) => [one.index, one]));
  const rangeBytes = (index: number) => (cuts[index + 1]?.packet.position ?? 0) - (cuts[index]?.packet.position ?? 0);
  // What lies between the packets of the picture: other tracks and heads.
  const between = [...samples.keys()].filter((index) => index + 1 < cuts.length);
  const otherBytes = sum(between.map((index) => rangeBytes(index) - (known.get(index)?.bytes ?? 0)));
  const otherRate = otherBytes / Math.max(1, sum(between.map((index) => stretchSeconds(survey, index))));
  return starts.map((_, index) => {
    const seconds = stretchSeconds(survey, index);
    const exact = known.get(index);
    const count = exact?.count ?? Math.round((seconds * facts.count) / facts.seconds);
    const bytes = exact?.bytes ?? Math.max(0, Math.round(rangeBytes(index) - otherRate * seconds));
    return { seconds, sizeBytes: fragmentHeadBytes({ kind: "video", count }) + bytes };
  });
};

const checkPicture = (survey: Survey, { probe, video }: { probe: Probe; video: VideoStream }): void => {
  const { starts, endTicks, file } = survey;
  const { timescale } = file.info;
  const facts = sampled(survey, survey.track.number);
  const first = (starts[0] ?? 0) / timescale;
  const probed = (video.startSeconds ?? probe.startSeconds) - probe.startSeconds;
  requireOf(first >= -0.0015 && first <= 0.5, `the picture starts at ${first.toFixed(3)} s`);
  requireOf(Math.abs(probed - first) <= 0.005, "a start that ffprobe sees elsewhere");
  requireOf(facts.count / facts.seconds <= 60.5, `${(facts.count / facts.seconds).toFixed(1)} frames a second`);
  requireOf(endTicks / timescale >= (probe.durationSeconds ?? 0) - 2, "the picture ends before the sound");
};

const pictureOf = async (
  survey: Survey,
  input: { format: PictureFormat; probe: Probe; video: VideoStream },
): Promise<SourceTrack> => {
  const { probe, video } = input;
  const { timescale } = survey.file.info;
  const facts = sampled(survey, survey.track.number);
  const { entry } = input.format;
  const level = () => vp9Level({ ...input.format, framesPerSecond: facts.count / facts.seconds });
  const config = entry === "vp09" ? withVp9Level(input.format.config, level()) : input.format.config;
  const codecs = entry === "vp09" ? vp9Codecs(config) : input.format.codecs;
  const format = { ...input.format, config, codecs };
  requireSamePicture({ video, format });
  checkPicture(survey, { probe, video });
  await checkCuts(survey, format);
  const { starts, endTicks } = survey;
  return sourceTrack({
    head: { rendition: "source", streamIndex: video.index, codecs, timescale, starts, endTicks },
    initBytes: fragmentInit({ format, timescale }).byteLength,
    segments: pictureSegments(survey),
  });
};

/** Whether all sampled packets lie on the grid, one after another, and where the sound ends; null when they do not. */
const soundEnd = (survey: Survey, input: { track: MatroskaTrack; grid: SoundGrid }): number | null => {
  const { file, zeroSeconds } = survey;
  let end = 0;
  for (const packets of survey.samples.values()) {
    let before: number | null = null;
    for (const packet of packets) {
      if (packet.track !== input.track.number) continue;
      const seconds = runSeconds({ file, track: input.track, zeroSeconds, ticks: packet.ticks });
      const number = packetNumber(input.grid, seconds);
      if (number === null || packet.laced || (before !== null && number !== before + 1)) return null;
      before = number;
      end = Math.max(end, number + 1);
    }
  }
  return end;
};

const soundOf = async (
  survey: Survey,
  input: { probe: Probe; stream: Probe["audio"][number]; ordinal: number },
): Promise<SourceTrack | null> => {
  const { source, file, zeroSeconds } = survey;
  const { stream } = input;
  const found = matroskaTrackFormat(file, stream.index);
  const codecs = found === null ? null : soundCodecs({ format: found.format, stream });
  if (found === null || found.format.kind !== "audio" || codecs === null) return null;
  const { format, track } = found;
  const grid = await sparseSoundGrid({ window: new ByteWindow(source), file, track, format, zeroSeconds });
  if (grid === null) return null;
  const end = soundEnd(survey, { track, grid });
  const first = grid.originTicks / grid.timescale;
  if (end === null || first > 0.05 || first < -0.5) return null;
  const endTicks = packetTicksAt(grid, end);
  const behind = endTicks / grid.timescale - survey.endTicks / file.info.timescale;
  if (behind < -0.5 || behind > 2) return null;
  const numbers = survey.starts
    .map((ticks, index) => firstNumberAt(grid, index === 0 ? 0 : ticks / file.info.timescale))
    .filter((number) => number < end);
  const starts = numbers.map((number) => packetTicksAt(grid, number));
  const facts = sampled(survey, track.number);
  const { timescale } = grid;
  const rendition = format.entry === "Opus" ? `source-audio-${input.ordinal}` : `audio-${input.ordinal}`;
  return sourceTrack({
    head: { rendition, streamIndex: stream.index, codecs, timescale, starts, endTicks },
    initBytes: fragmentInit({ format, timescale }).byteLength,
    segments: numbers.map((number, index) => {
      const count = (numbers[index + 1] ?? end) - number;
      const bytes = Math.round((count * facts.bytes) / Math.max(1, facts.count));
      const sizeBytes = fragmentHeadBytes({ kind: "audio", count }) + bytes;
      return { sizeBytes, seconds: (count * grid.packetTicks) / timescale };
    }),
  });
};

/**
 * A long MKV or WebM as a rung, read by its cues: time and memory follow the number of key frames, never the file's
 * size. Sizes between the sampled stretches are told by the cues' places. Throws `SourceRefusal`.
 */
export const rungOfCues = async (input: {
  source: ByteSource;
  file: MatroskaFile;
  probe: Probe;
  video: VideoStream;
  targetSeconds: number;
  /** A survey of this very picture, where one was made before. */
  ahead: Survey | null;
}): Promise<Pick<SourceRung, "width" | "height" | "video" | "audio">> => {
  const { source, file, probe, video, targetSeconds, ahead } = input;
  const found = matroskaTrackFormat(file, video.index);
  if (found === null || found.format.kind !== "video") throw new SourceRefusal("a picture of rare kind");
  const { track, format } = found;
  const zeroSeconds = probe.startSeconds;
  const survey =
    ahead === null ? await surveyPicture({ source, file, zeroSeconds, track, targetSeconds }) : { ...ahead, source };
  const picture = await pictureOf(survey, { format, probe, video });
  const audio: SourceTrack[] = [];
  for (const [ordinal, stream] of probe.audio.slice(0, maxSoundTracks).entries()) {
    if (!isPlayableSound(stream) || !goesWith(format, stream)) continue;
    const sound = await soundOf(survey, { probe, stream, ordinal });
    if (sound !== null) audio.push(sound);
  }
  return { width: video.width, height: video.height, video: picture, audio };
};
