import type { FileText } from "#lib/media/captions/caption-tracks.ts";
import type { ColourMatrix } from "#lib/media/encode/colour-matrix.ts";
import type { Chunk, Grid } from "#lib/media/plan/grid.ts";
import type { Rung } from "#lib/media/plan/ladder.ts";
import type { WatermarkWish } from "#lib/media/plan/wishes.ts";
import type { SourceLimits } from "#lib/media/probe/probe.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import type { PosterPlan } from "#lib/media/stills/poster-plan.ts";

/** What the instance decides about every plan. */
export type PlanSettings = {
  limits: SourceLimits;
  targetSegmentSeconds: number;
  maxAudioTracks: number;
  audioKbps: number;
  /** Lengths of the chunks of a preview rung, the last one again and again: the first is short, so that it plays soon. */
  previewChunkSeconds: readonly number[];
  /**
   * Length of a chunk of all other rungs at 1080p30, at most. Larger pictures get shorter ones of equal cost, and short files
   * shorter ones too, so that there are several.
   */
  encodeChunkSeconds: number;
  /** Whether a fitting H.264 source stays as the top rung; else it serves until the encoded one is there. */
  keepSource: boolean;
  /** Whether this ffmpeg has the filters that bring high dynamic range down (`zscale`); else colours stay pale. */
  toneMapping: boolean;
};

/** What Kinora uses unless told otherwise. 36 megapixels take 8K; 12 hours is a long stream's recording. */
export const defaultPlanSettings: PlanSettings = {
  limits: { maxPixels: 36_000_000, maxDurationSeconds: 43_200, maxStreams: 100 },
  targetSegmentSeconds: 4,
  maxAudioTracks: 8,
  audioKbps: 128,
  previewChunkSeconds: [8, 16, 32, 64],
  encodeChunkSeconds: 64,
  keepSource: true,
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
  /** How the rungs' colours are coded; absent when nobody says. */
  matrix?: ColourMatrix;
  /** Seconds the last frame is held because the sound lasts longer. */
  holdSeconds: number;
  /** See `streamDelay`. */
  delaySeconds?: number;
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
  /** Brings the sound to -16 LUFS (EBU R 128). */
  normalize: boolean;
  /** Of the source's track. */
  channels: number;
  /** See `streamDelay`. */
  delaySeconds?: number;
};

/** The kinds of work a plan names; the probe itself is not among them. */
export type PlannedStepKind =
  | "copy"
  | "preview"
  | "encode"
  | "audio"
  | "package"
  | "poster"
  | "stills"
  | "text"
  | "finish";

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
  /**
   * Name of the rung that `preview` steps make ahead of the others; null when an H.264 source rung plays at once, and for
   * a drawn cover, which `encode` publishes as it goes.
   */
  previewRung: string | null;
  /** Burned into every encoded rung. */
  watermark: WatermarkWish | null;
  /** Of the encoded rungs without the preview rung; none when there are no such rungs. */
  chunks: readonly Chunk[];
  /** Of the preview rung; none when there is none. */
  previewChunks: readonly Chunk[];
  /** Whether a chunk can begin in the middle of the file; else only the first one reads it, from its start. */
  seekable: boolean;
  /**
   * Present when chunks behind the first read a copy of the picture that can be entered anywhere, made by the `copy` step.
   * `sizeBytes` is what it may take, null when nobody knows.
   */
  copy?: { sizeBytes: number | null };
  audio: readonly AudioPlan[];
  poster: PosterPlan;
  /** Text tracks and chapters of the file; absent when there are none. */
  text?: FileText;
  steps: readonly PlannedStep[];
};
