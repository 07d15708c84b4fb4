import { type Chunk, type Grid, makeChunks } from "#lib/media/grid.ts";
import type { Rung } from "#lib/media/ladder.ts";
import type { Plan, PlanSettings } from "#lib/media/plan.ts";
import type { Probe } from "#lib/media/probe.ts";
import { toNumber } from "#lib/media/rational.ts";

/**
 * Containers that ffmpeg seeks in exactly, by an index of key frames with their times. In others (MPEG-TS and PS, FLV,
 * ASF, Ogg, AVI, raw streams) a seek may land late or yield other times than reading from the start: those are one chunk.
 */
const seekableContainer = /^(mov|matroska)/;

/** Whether chunks may begin in the middle of a file of this container. */
export const isSeekable = (probe: Probe): boolean =>
  seekableContainer.test(probe.container) && (probe.durationSeconds ?? 0) > 0 && !probe.durationUncertain;

/** Pixels per second of 1080p30, which `encodeChunkSeconds` is meant for. */
const usualPixelRate = 1920 * 1080 * 30;
const shortestChunkSeconds = 8;

const encodeSeconds = (input: { grid: Grid; picture: Plan["picture"]; seconds: number }) => {
  const rate = input.picture.width * input.picture.height * toNumber(input.grid.frameRate);
  const share = Math.min(1, usualPixelRate / rate);
  return Math.max(Math.min(shortestChunkSeconds, input.seconds), input.seconds * share);
};

/**
 * The chunks of the rungs of one lane. A preview's grow from a short one, so that it plays soon; those of the other rungs
 * are of equal cost, about as much as one retry may lose, and a file that is hardly longer is one chunk.
 */
export const chunksOf = (input: {
  lane: "preview" | "encode";
  rungs: readonly Rung[];
  grid: Grid;
  durationSeconds: number;
  seekable: boolean;
  settings: PlanSettings;
  picture: Plan["picture"];
}): Chunk[] => {
  const { grid, durationSeconds, settings, picture } = input;
  if (input.rungs.length === 0) return [];
  if (!input.seekable) {
    return [{ ordinal: 0, firstSegment: 0, segmentCount: grid.kind === "frames" ? null : grid.starts.length }];
  }
  const lengths = settings.previewChunkSeconds;
  const usual = encodeSeconds({ grid, picture, seconds: settings.encodeChunkSeconds });
  const secondsOf = (ordinal: number) =>
    input.lane === "preview" ? (lengths[ordinal] ?? lengths.at(-1) ?? usual) : usual;
  return makeChunks({ grid, durationSeconds, secondsOf });
};
