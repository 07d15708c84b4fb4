import { type Rational, toNumber } from "#lib/media/rational.ts";

/**
 * Where all renditions of a run are cut: every `framesPerSegment` frames, so that each cut lies on a frame boundary and
 * segment k starts at exactly k × framesPerSegment / frameRate seconds on every rung. The last segment is what is left.
 */
export type Grid = {
  frameRate: Rational;
  framesPerSegment: number;
  /** A grid line that is left out, because next to nothing follows it: the segment before is that much longer. */
  uncutFrame: number | null;
};

/** A last segment shorter than this is joined to the one before: it would be one costly key frame. */
const shortestSeconds = 0.5;

/**
 * The grid whose segments come closest to `targetSeconds`. Only one line is ever left out, so a file that turns out
 * longer than declared still gets cut.
 */
export const makeGrid = (input: { frameRate: Rational; targetSeconds: number; durationSeconds: number }): Grid => {
  const framesPerSegment = Math.max(1, Math.round(input.targetSeconds * toNumber(input.frameRate)));
  const frames = Math.round(input.durationSeconds * toNumber(input.frameRate));
  const rest = frames % framesPerSegment;
  const joined = frames > framesPerSegment && rest > 0 && rest < shortestSeconds * toNumber(input.frameRate);
  return { frameRate: input.frameRate, framesPerSegment, uncutFrame: joined ? frames - rest : null };
};

/** Start of a frame in seconds from the beginning of the video. */
export const frameSeconds = ({ grid, frame }: { grid: Grid; frame: number }): number =>
  (frame * grid.frameRate.den) / grid.frameRate.num;

/** Length of a full segment in seconds. */
export const segmentSeconds = (grid: Grid): number => frameSeconds({ grid, frame: grid.framesPerSegment });

/** A stretch of the video that one ffmpeg encodes; `frameCount` null goes on to the end. */
export type Chunk = { ordinal: number; startFrame: number; frameCount: number | null; firstSegment: number };

/**
 * Cuts the video into chunks of the given lengths in segments; the last one is open, so that the real end of the file
 * decides and not the declared one. No length at all gives one chunk for the whole file.
 */
export const makeChunks = ({ grid, segmentCounts }: { grid: Grid; segmentCounts: readonly number[] }): Chunk[] => {
  const starts = [0];
  for (const count of segmentCounts) starts.push((starts.at(-1) ?? 0) + count);
  return starts.map((firstSegment, ordinal) => {
    const count = segmentCounts[ordinal];
    return {
      ordinal,
      startFrame: firstSegment * grid.framesPerSegment,
      frameCount: count === undefined ? null : count * grid.framesPerSegment,
      firstSegment,
    };
  });
};
