import { makeLadder } from "#lib/media/plan/ladder.ts";
import type { AudioPlan, Plan } from "#lib/media/plan/plan.ts";
import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";
import type { SourceRung, SourceTrack } from "#lib/media/source/source-rung.ts";

const fps = { num: 25, den: 1 };
const size = { width: 1280, height: 720 };
/** Segments of 4 s in every rendition of these plans. */
export const liveSegments = 6;

/** One track of the source, cut every 4 s. */
export const sourceTrack = (rendition: string, codecs: string): SourceTrack => ({
  rendition,
  streamIndex: rendition === "source" ? 0 : 1,
  codecs,
  timescale: 1000,
  starts: Array.from({ length: liveSegments }, (_, index) => index * 4000),
  endTicks: liveSegments * 4000,
  bandwidth: { peak: 2_000_000, average: 1_500_000 },
  sizeBytes: 3_000_000,
});

const audioTrack = (ordinal: number, mode: AudioPlan["mode"]): AudioPlan => ({
  ...{ ordinal, rendition: `audio-${ordinal}`, streamIndex: ordinal + 1, mode, kbps: 128, title: null },
  ...{ language: ordinal === 0 ? "uk" : "en", isDefault: ordinal === 0, padSeconds: 0, normalize: false, channels: 2 },
});

/** How the source is packaged in a made-up plan: not at all, as H.264 with AAC, or as VP9 with Opus. */
export type SourceKind = "none" | "avc" | "vp9";

const sources: Record<SourceKind, SourceRung | null> = {
  none: null,
  avc: {
    ...{ reader: "tables", zeroSeconds: 0, ...size, keep: true, video: sourceTrack("source", "avc1.64001f") },
    audio: [sourceTrack("audio-0", "mp4a.40.2")],
  },
  vp9: {
    ...{ reader: "packets", zeroSeconds: 0, ...size, keep: false, video: sourceTrack("source", "vp09.00.31.08") },
    audio: [sourceTrack("source-audio-0", "opus")],
  },
};

/** A plan of 24 s, 720p25, three rungs, one sound; steps for two chunks. */
export const livePlan = (source: SourceKind, changes: Partial<Plan> = {}): Plan => {
  const found = sources[source];
  const chunks = [
    { ordinal: 0, firstSegment: 0, segmentCount: 2 },
    { ordinal: 1, firstSegment: 2, segmentCount: null },
  ];
  const previewRung = source === "none" ? "360p" : null;
  const step = (kind: Plan["steps"][number]["kind"], ordinal = 0) => ({ kind, ordinal, required: true, weight: 1 });
  return {
    version: 2,
    durationMs: liveSegments * 4000,
    outputLimitSeconds: 60,
    picture: {
      ...{ origin: "stream", streamIndex: 0, ...size, deinterlace: false, toneMapFrom: null },
      ...{ fromRgb: false, holdSeconds: 0 },
    },
    grid: { kind: "frames", frameRate: fps, framesPerSegment: 100, uncutFrame: null },
    source: found,
    rungs: makeLadder({ size, frameRate: fps }),
    previewRung,
    watermark: null,
    chunks,
    previewChunks: previewRung === null ? [] : chunks,
    seekable: true,
    audio: [audioTrack(0, source === "avc" ? "package" : "encode")],
    poster: null,
    steps: [
      ...(previewRung === null ? [] : chunks.map(({ ordinal }) => step("preview", ordinal))),
      ...chunks.map(({ ordinal }) => step("encode", ordinal)),
      ...(source === "avc" ? [step("package")] : [step("audio")]),
      step("finish"),
    ],
    ...changes,
  };
};

/** A stretch of an encoded rendition as its step would report it. */
export const livePart = (rendition: string, firstSegment: number, count: number): RenditionPart => ({
  ...{ rendition, initHash: "same", initBytes: 700, timescale: 1000, firstSegment },
  codecs: rendition.startsWith("audio") ? "mp4a.40.2" : "avc1.64001e",
  width: rendition.startsWith("audio") ? null : 640,
  height: rendition.startsWith("audio") ? null : 360,
  segments: Array.from({ length: count }, (_, index) => ({
    ...{ start: (firstSegment + index) * 4000, duration: 4000, sizeBytes: 100_000 },
  })),
});
