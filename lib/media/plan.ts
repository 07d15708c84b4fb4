import { outputFrameRate } from "#lib/media/frame-rate.ts";
import { type Chunk, type Grid, makeChunks, makeGrid } from "#lib/media/grid.ts";
import { makeLadder, type Rung } from "#lib/media/ladder.ts";
import type { AudioStream, Probe, SourceLimits, VideoStream } from "#lib/media/probe.ts";
import { type Rational, toNumber } from "#lib/media/rational.ts";
import type { SourceRung } from "#lib/media/source-rung.ts";
import type { WatermarkWish } from "#lib/media/wishes.ts";

/** What the instance decides about every plan. */
export type PlanSettings = {
  limits: SourceLimits;
  targetSegmentSeconds: number;
  maxAudioTracks: number;
  audioKbps: number;
  /** Whether this ffmpeg has the filters that bring high dynamic range down (`zscale`); else colours stay pale. */
  toneMapping: boolean;
};

/** What Kinora uses unless told otherwise. 36 megapixels take 8K; 12 hours is a long stream's recording. */
export const defaultPlanSettings: PlanSettings = {
  limits: { maxPixels: 36_000_000, maxDurationSeconds: 43_200, maxStreams: 100 },
  targetSegmentSeconds: 4,
  maxAudioTracks: 8,
  audioKbps: 128,
  toneMapping: true,
};

/** A picture taken from the file. `width` and `height` are as shown: rotated, with square pixels. */
export type StreamPicture = {
  origin: "stream";
  streamIndex: number;
  width: number;
  height: number;
  deinterlace: boolean;
  /** The source's transfer when it must be brought down to SDR, else null. */
  toneMapFrom: "pq" | "hlg" | null;
  /** RGB sources carry no matrix of their own. */
  fromRgb: boolean;
  /** Seconds the last frame is held because the sound lasts longer. */
  holdSeconds: number;
};

/** A picture drawn from the sound of a file that has none. */
export type CoverPicture = { origin: "cover"; audioStreamIndex: number; width: number; height: number };

/** One audio rendition. */
export type AudioPlan = {
  ordinal: number;
  /** Folder of its segments: `audio-0`. */
  rendition: string;
  streamIndex: number;
  /** `package`: the source's own packets, by the container reader; `copy`: the same through ffmpeg. */
  mode: "package" | "copy" | "encode";
  kbps: number;
  language: string | null;
  title: string | null;
  isDefault: boolean;
  /** Seconds of silence added because the picture lasts longer. */
  padSeconds: number;
};

/** How the poster is found; null when the encode step draws it. */
export type PosterPlan = {
  atSeconds: number;
  /** Seconds of the source that are looked at. */
  windowSeconds: number;
  /** Long files are looked at by key frames only. */
  keyFramesOnly: boolean;
  width: number;
  height: number;
} | null;

/** The kinds of work a plan names; the probe itself is not among them. */
export type PlannedStepKind = "preview" | "encode" | "audio" | "package" | "poster" | "stills" | "text" | "finish";

/** One job of the run. `weight` is its share of the work, in any unit. */
export type PlannedStep = { kind: PlannedStepKind; ordinal: number; required: boolean; weight: number };

/** Everything a run will do, decided once and stored with it. A reader refuses a version it does not know. */
export type Plan = {
  version: 2;
  durationMs: number;
  /** Output is cut here whatever the file says, so that a hostile one cannot grow without end. */
  outputLimitSeconds: number;
  picture: StreamPicture | CoverPicture;
  grid: Grid;
  /** The source itself as a rendition; null when it needs an encoder to be watched, or must not be shown. */
  source: SourceRung | null;
  /** Encoded rungs, smallest first. */
  rungs: readonly Rung[];
  /** Name of the rung that `preview` steps make ahead of the others; null when the source rung plays at once. */
  previewRung: string | null;
  /** Burned into every encoded rung. */
  watermark: WatermarkWish | null;
  chunks: readonly Chunk[];
  audio: readonly AudioPlan[];
  poster: PosterPlan;
  steps: readonly PlannedStep[];
};

/** Frames of a drawn cover: it does not move, so a few are enough for players that want a steady clock. */
const coverFrameRate: Rational = { num: 4, den: 1 };
const coverSize = { width: 1280, height: 720 };

const secondsOf = (probe: Probe, stream: { startSeconds: number | null; durationSeconds: number | null }) =>
  (stream.startSeconds ?? probe.startSeconds) -
  probe.startSeconds +
  (stream.durationSeconds ?? probe.durationSeconds ?? 0);

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** How much longer `long` lasts than `short`, when both are known and it would be noticed; else 0. */
const missing = (long: number, short: number) => (short > 0 && long - short > 0.1 ? rounded(long - short) : 0);

const shownSize = (video: VideoStream) => {
  const width = Math.max(1, Math.round(video.width * toNumber(video.sampleAspectRatio)));
  const turned = video.rotation === 90 || video.rotation === 270;
  return turned ? { width: video.height, height: width } : { width, height: video.height };
};

const rgb = /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/;

const streamPicture = (input: { probe: Probe; video: VideoStream; settings: PlanSettings }): StreamPicture => {
  const { probe, video } = input;
  const sound = Math.max(0, ...probe.audio.map((stream) => secondsOf(probe, stream)));
  return {
    origin: "stream",
    streamIndex: video.index,
    ...shownSize(video),
    deinterlace: video.interlaced,
    toneMapFrom: input.settings.toneMapping && video.transfer !== "sdr" ? video.transfer : null,
    fromRgb: rgb.test(video.pixelFormat ?? ""),
    holdSeconds: video.durationSeconds === null ? 0 : missing(sound, secondsOf(probe, video)),
  };
};

/** Containers that hold AAC the way fMP4 wants it, with exact times. */
const copyableContainer = /mov|matroska/;

/** Whether a track's packets can be taken as they are: AAC-LC, at most stereo, usual rate, moderate bits, no gap before. */
const copyable = (input: { probe: Probe; stream: AudioStream }): boolean => {
  const { probe, stream } = input;
  return (
    stream.codec === "aac" &&
    stream.profile === "LC" &&
    (stream.channels === 1 || stream.channels === 2) &&
    (stream.sampleRate === 44_100 || stream.sampleRate === 48_000) &&
    stream.bitRate !== null &&
    stream.bitRate <= 200_000 &&
    copyableContainer.test(probe.container) &&
    Math.abs((stream.startSeconds ?? 0) - probe.startSeconds) < 0.03
  );
};

const audioPlans = ({ probe, settings }: { probe: Probe; settings: PlanSettings }): AudioPlan[] => {
  const tracks = probe.audio.slice(0, settings.maxAudioTracks);
  const preferred = tracks.find((track) => track.isDefault) ?? tracks[0];
  const longest = Math.max(
    0,
    ...[...tracks, ...(probe.video === null ? [] : [probe.video])].map((s) => secondsOf(probe, s)),
  );
  return tracks.map((stream, ordinal) => {
    const padSeconds = stream.durationSeconds === null ? 0 : missing(longest, secondsOf(probe, stream));
    return {
      ordinal,
      rendition: `audio-${ordinal}`,
      streamIndex: stream.index,
      mode: padSeconds === 0 && copyable({ probe, stream }) ? "copy" : "encode",
      kbps: settings.audioKbps,
      language: stream.language,
      title: stream.title,
      isDefault: stream === preferred,
      padSeconds,
    };
  });
};

const posterPlan = ({ picture, durationSeconds }: { picture: StreamPicture; durationSeconds: number }): PosterPlan => {
  const factor = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  const side = (value: number) => Math.max(2, Math.round((value * factor) / 2) * 2);
  const keyFramesOnly = durationSeconds > 60;
  return {
    atSeconds: rounded(durationSeconds * 0.1),
    windowSeconds: keyFramesOnly ? 60 : rounded(Math.min(2, Math.max(0.5, durationSeconds * 0.2))),
    keyFramesOnly,
    width: side(picture.width),
    height: side(picture.height),
  };
};

/** Pixels per second are what an encode costs; an audio track costs about as much as a tenth of a small rung. */
const stepsOf = (plan: Pick<Plan, "picture" | "grid" | "rungs" | "chunks" | "audio" | "poster">): PlannedStep[] => {
  const pixels = plan.rungs.reduce((sum, rung) => sum + rung.width * rung.height, 0);
  const cost = (pixels * toNumber(plan.grid.frameRate)) / 1_000_000 / plan.chunks.length;
  const step = (kind: PlannedStepKind, ordinal: number, weight: number, required = true): PlannedStep => ({
    kind,
    ordinal,
    required,
    weight: Math.max(0.1, Math.round(weight * 10) / 10),
  });
  return [
    ...plan.chunks.map((chunk) => step("encode", chunk.ordinal, cost)),
    ...plan.audio.map((track) => step("audio", track.ordinal, track.mode === "copy" ? 0.1 : 1)),
    ...(plan.poster === null ? [] : [step("poster", 0, 0.5, false)]),
    step("finish", 0, 0.2),
  ];
};

/** Bounded by what the file declares, with room for a declaration that is too small, and by the instance's limit. */
const outputLimit = (durationSeconds: number, settings: PlanSettings) =>
  durationSeconds > 0
    ? rounded(Math.min(settings.limits.maxDurationSeconds, durationSeconds * 1.5 + 30))
    : settings.limits.maxDurationSeconds;

/**
 * Decides everything a run does, from what the file is and what the instance wants. Pure: equal input gives an equal
 * plan. The probe must have passed `assertProcessable`.
 */
export const makePlan = ({ probe, settings }: { probe: Probe; settings: PlanSettings }): Plan => {
  const { video } = probe;
  const durationSeconds = probe.durationSeconds ?? 0;
  const picture: Plan["picture"] =
    video === null
      ? { origin: "cover", audioStreamIndex: probe.audio[0]?.index ?? 0, ...coverSize }
      : streamPicture({ probe, video, settings });
  const frameRate =
    video === null
      ? coverFrameRate
      : outputFrameRate({
          nominal: video.nominalFrameRate,
          average: video.averageFrameRate,
          interlaced: video.interlaced,
        });
  const grid = makeGrid({ frameRate, targetSeconds: settings.targetSegmentSeconds, durationSeconds });
  const ladder = makeLadder({ size: picture, frameRate });
  const parts = {
    picture,
    grid,
    // A drawn cover does not gain from every rung.
    rungs: video === null ? ladder.filter((rung) => rung.shortSide !== 480) : ladder,
    chunks: makeChunks({ grid, segmentCounts: [] }),
    audio: audioPlans({ probe, settings }),
    poster: picture.origin === "cover" ? null : posterPlan({ picture, durationSeconds }),
  };
  return {
    version: 2,
    source: null,
    previewRung: null,
    watermark: null,
    durationMs: Math.round(durationSeconds * 1000),
    outputLimitSeconds: outputLimit(durationSeconds, settings),
    ...parts,
    steps: stepsOf(parts),
  };
};
