import type { ColourMatrix } from "#lib/media/encode/colour-matrix.ts";
import { audioPlans } from "#lib/media/plan/audio-plan.ts";
import { outputFrameRate } from "#lib/media/plan/frame-rate.ts";
import { makeGrid } from "#lib/media/plan/grid.ts";
import { makeLadder, type Rung } from "#lib/media/plan/ladder.ts";
import { outputLimit } from "#lib/media/plan/output-limit.ts";
import type { Plan, PlanSettings, StreamPicture } from "#lib/media/plan/plan.ts";
import { chunksOf, isSeekable, pictureCopy } from "#lib/media/plan/plan-chunks.ts";
import { stepsOf } from "#lib/media/plan/plan-steps.ts";
import type { Wishes } from "#lib/media/plan/wishes.ts";
import type { Probe, VideoStream } from "#lib/media/probe/probe.ts";
import { streamDelay } from "#lib/media/probe/stream-delay.ts";
import { missingSeconds, streamEnd } from "#lib/media/probe/stream-length.ts";
import { type Rational, toNumber } from "#lib/media/rational.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import { posterPlan } from "#lib/media/stills/poster-plan.ts";

/** Frames of a drawn cover: it does not move, so a few are enough for players that want a steady clock. */
const coverFrameRate: Rational = { num: 4, den: 1 };
const coverSize = { width: 1280, height: 720 };

const shownSize = (video: VideoStream) => {
  const width = Math.max(1, Math.round(video.width * toNumber(video.sampleAspectRatio)));
  const turned = video.rotation === 90 || video.rotation === 270;
  return turned ? { width: video.height, height: width } : { width, height: video.height };
};

const rgb = /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8)/;

/** What is converted becomes BT.709; the rest keeps what the file has. */
const matrixOf = (video: VideoStream, converted: boolean): { matrix?: ColourMatrix } => {
  const matrix = converted ? "bt709" : video.matrix;
  return matrix === undefined ? {} : { matrix };
};

const streamPicture = (input: { probe: Probe; video: VideoStream; settings: PlanSettings }): StreamPicture => {
  const { probe, video } = input;
  const sound = Math.max(0, ...probe.audio.map((stream) => streamEnd(probe, stream)));
  const toneMapFrom = input.settings.toneMapping && video.transfer !== "sdr" ? video.transfer : null;
  const fromRgb = rgb.test(video.pixelFormat ?? "");
  return {
    origin: "stream",
    streamIndex: video.index,
    ...shownSize(video),
    deinterlace: video.interlaced,
    toneMapFrom,
    fromRgb,
    ...matrixOf(video, toneMapFrom !== null || fromRgb),
    holdSeconds: video.durationSeconds === null ? 0 : missingSeconds(sound, streamEnd(probe, video)),
    ...streamDelay(probe, video),
  };
};

/** Sound that lasts longer than the picture, and longer than this, needs a picture that is held: an encoder's work. */
const longestTailSeconds = 5;

/** A kept source may have this much more than its rung's cap. */
const keptBitRateFactor = 1.5;

type PlanInput = {
  probe: Probe;
  settings: PlanSettings;
  wishes: Wishes;
  /** What the container reader found; null when it refused. */
  source: Omit<SourceRung, "keep"> | null;
  /** False when the file's own index, which its container usually has, is missing or wrong. */
  enterable?: boolean;
};

const usableSource = ({ source, wishes }: PlanInput, picture: Plan["picture"]): PlanInput["source"] =>
  // A marked video never shows its unmarked source, and a held picture only an encoder can make.
  wishes.watermark !== null || picture.origin === "cover" || picture.holdSeconds > longestTailSeconds ? null : source;

/** H.264 that costs a viewer little more than the rung that would replace it stays as the top rung. */
const isKept = (source: Omit<SourceRung, "keep">, top: Rung | undefined): boolean =>
  source.video.codecs.startsWith("avc1") &&
  source.video.bandwidth.average <= (top?.maxrateKbps ?? 0) * 1000 * keptBitRateFactor;

const framesOf = (video: VideoStream | null): Rational =>
  video === null
    ? coverFrameRate
    : outputFrameRate({
        nominal: video.nominalFrameRate,
        average: video.averageFrameRate,
        interlaced: video.interlaced,
      });

const gridOf = (input: {
  frameRate: Rational;
  source: PlanInput["source"];
  settings: PlanSettings;
  seconds: number;
}) => {
  const { frameRate, source, settings } = input;
  if (source === null) {
    return makeGrid({ frameRate, targetSeconds: settings.targetSegmentSeconds, durationSeconds: input.seconds });
  }
  const { timescale, starts, endTicks } = source.video;
  return { kind: "source" as const, frameRate, timescale, starts, endTicks };
};

const picturesOf = ({ probe, settings }: PlanInput, video: VideoStream | null): Plan["picture"] =>
  video === null
    ? { origin: "cover", audioStreamIndex: probe.audio[0]?.index ?? 0, ...coverSize }
    : streamPicture({ probe, video, settings });

/** What of the ladder is encoded, and which rung first. */
const lanesOf = (input: {
  ladder: readonly Rung[];
  source: PlanInput["source"];
  picture: Plan["picture"];
  settings: PlanSettings;
}) => {
  const { ladder, source, picture, settings } = input;
  if (picture.origin === "cover") {
    // A drawn cover does not gain from every rung.
    return { keep: false, rungs: ladder.filter((rung) => rung.shortSide !== 480), previewRung: null };
  }
  const keep = settings.keepSource && source !== null && isKept(source, ladder.at(-1));
  const rungs = keep ? ladder.slice(0, -1) : ladder;
  // Not every browser decodes other codecs than H.264: its first rung cannot wait for the whole ladder.
  const playsAtOnce = source?.video.codecs.startsWith("avc1") === true;
  return { keep, rungs, previewRung: playsAtOnce ? null : (rungs[0]?.name ?? null) };
};

/**
 * Decides everything a run does, from what the file is, what its person wants and what the instance wants. Pure: equal
 * input gives an equal plan. The probe must have passed `assertProcessable`.
 */
export const makePlan = (input: PlanInput): Plan => {
  const { probe, settings, wishes, enterable = true } = input;
  const video = wishes.audioOnly ? null : probe.video;
  const picture = picturesOf(input, video);
  const frameRate = framesOf(video);
  const found = usableSource(input, picture);
  const durationSeconds = probe.durationSeconds ?? 0;
  const grid = gridOf({ frameRate, source: found, settings, seconds: durationSeconds });
  const { keep, rungs, previewRung } = lanesOf({
    ladder: makeLadder({ size: picture, frameRate }),
    source: found,
    picture,
    settings,
  });
  const audio = audioPlans({ probe, video, settings, wishes, source: found, found: input.source });
  const packaged = new Set(audio.flatMap((track) => (track.mode === "package" ? [track.rendition] : [])));
  const own = found?.audio.filter(({ rendition }) => !rendition.startsWith("audio-") || packaged.has(rendition)) ?? [];
  const source = found === null ? null : { ...found, keep, audio: wishes.normalizeLoudness ? [] : own };
  const seekable = enterable && picture.origin === "stream" && isSeekable(probe);
  const copy = picture.origin === "cover" || seekable ? null : pictureCopy({ probe, settings });
  const reach = seekable ? ("file" as const) : copy === null ? ("none" as const) : ("copy" as const);
  const shared = { grid, durationSeconds, reach, settings, picture };
  const parts = {
    ...{ picture, grid, source, rungs, previewRung, seekable, audio },
    ...(copy === null ? {} : { copy }),
    watermark: picture.origin === "cover" ? null : wishes.watermark,
    chunks: chunksOf({ ...shared, lane: "encode", rungs: rungs.filter(({ name }) => name !== previewRung) }),
    previewChunks: chunksOf({ ...shared, lane: "preview", rungs: rungs.filter(({ name }) => name === previewRung) }),
    poster: picture.origin === "cover" ? null : posterPlan({ picture, durationSeconds }),
    ...(probe.text === undefined ? {} : { text: probe.text }),
  };
  return {
    version: 2,
    durationMs: Math.round(durationSeconds * 1000),
    outputLimitSeconds: outputLimit({ durationSeconds, maxDurationSeconds: settings.limits.maxDurationSeconds }),
    ...parts,
    steps: stepsOf({ ...parts, durationSeconds }),
  };
};
