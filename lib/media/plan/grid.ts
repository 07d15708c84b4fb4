import { type Rational, toNumber } from "#lib/media/rational.ts";

/**
 * A grid of our own making: a cut every `framesPerSegment` frames of a constant rate, so that each cut lies on a frame
 * boundary and segment k starts at exactly k × framesPerSegment / frameRate seconds on every rung. The last segment is
 * what is left.
 */
export type FrameGrid = {
  kind: "frames";
  frameRate: Rational;
  framesPerSegment: number;
  /** A grid line that is left out, because next to nothing follows it: the segment before is that much longer. */
  uncutFrame: number | null;
};

/**
 * The source's own grid: a cut at every (merged) key frame of the source rung. Encoded rungs keep the source's times, so
 * `frameRate` is only what is told and what costs are estimated from.
 */
export type SourceGrid = {
  kind: "source";
  frameRate: Rational;
  /** Ticks per second of `starts` and `endTicks`. */
  timescale: number;
  /** Presentation time of the first frame of each segment, in ticks from the run's time 0. */
  starts: readonly number[];
  /** Presentation end of the last frame. */
  endTicks: number;
};

/** Where all renditions of a run are cut. */
export type Grid = FrameGrid | SourceGrid;

/** A last segment shorter than this is joined to the one before: it would be one costly key frame. */
const shortestSeconds = 0.5;

/**
 * The grid whose segments come closest to `targetSeconds`. Only one line is ever left out, so a file that turns out
 * longer than declared still gets cut.
 */
export const makeGrid = (input: { frameRate: Rational; targetSeconds: number; durationSeconds: number }): FrameGrid => {
  const framesPerSegment = Math.max(1, Math.round(input.targetSeconds * toNumber(input.frameRate)));
  const frames = Math.round(input.durationSeconds * toNumber(input.frameRate));
  const rest = frames % framesPerSegment;
  const joined = frames > framesPerSegment && rest > 0 && rest < shortestSeconds * toNumber(input.frameRate);
  const uncutFrame = joined ? frames - rest : null;
  return { kind: "frames", frameRate: input.frameRate, framesPerSegment, uncutFrame };
};

/** Start of a frame in seconds from the beginning of the video. */
export const frameSeconds = ({ grid, frame }: { grid: FrameGrid; frame: number }): number =>
  (frame * grid.frameRate.den) / grid.frameRate.num;

/** First frame of a segment of a frame grid. */
export const segmentFrame = ({ grid, index }: { grid: FrameGrid; index: number }): number => {
  const frame = index * grid.framesPerSegment;
  // Behind the line that is left out, every segment begins one line later.
  return grid.uncutFrame !== null && frame >= grid.uncutFrame ? frame + grid.framesPerSegment : frame;
};

/** Start of a segment in seconds from the run's time 0; the end of the last one for the index behind it (source grid). */
export const segmentStart = ({ grid, index }: { grid: Grid; index: number }): number =>
  grid.kind === "frames"
    ? frameSeconds({ grid, frame: segmentFrame({ grid, index }) })
    : (grid.starts[index] ?? grid.endTicks) / grid.timescale;

/** Number of segments: exact for a source grid; for a frame grid as many as the declared length holds, at least one. */
export const segmentTotal = ({ grid, durationSeconds }: { grid: Grid; durationSeconds: number }): number => {
  if (grid.kind === "source") return grid.starts.length;
  const frames = Math.max(1, Math.round(durationSeconds * toNumber(grid.frameRate)));
  const lines = Math.ceil(frames / grid.framesPerSegment);
  return grid.uncutFrame !== null && frames > grid.uncutFrame ? lines - 1 : lines;
};

/**
 * Lengths in seconds of all segments that are to be expected, in order: what a playlist can promise before anything is
 * encoded. The real end of the file may differ from the declared `durationSeconds`.
 */
export const plannedSegments = ({ grid, durationSeconds }: { grid: Grid; durationSeconds: number }): number[] => {
  const total = segmentTotal({ grid, durationSeconds });
  const end = grid.kind === "source" ? grid.endTicks / grid.timescale : durationSeconds;
  return Array.from({ length: total }, (_, index) => {
    const next = index + 1 === total ? end : segmentStart({ grid, index: index + 1 });
    return Math.max(0, next - segmentStart({ grid, index }));
  });
};

/** A stretch of the video that one ffmpeg encodes; `segmentCount` null goes on to the end, wherever that is. */
export type Chunk = { ordinal: number; firstSegment: number; segmentCount: number | null };

/** Seconds from the run's time 0 at which a chunk begins and ends; `end` is null for one that is open. */
export const chunkTimes = ({ grid, chunk }: { grid: Grid; chunk: Chunk }): { start: number; end: number | null } => ({
  start: segmentStart({ grid, index: chunk.firstSegment }),
  end: chunk.segmentCount === null ? null : segmentStart({ grid, index: chunk.firstSegment + chunk.segmentCount }),
});

/** Length of a chunk in seconds; an open one is taken to go on to the declared end. */
export const chunkSeconds = (input: { grid: Grid; chunk: Chunk; durationSeconds: number }): number => {
  const { start, end } = chunkTimes(input);
  return Math.max(0, (end ?? input.durationSeconds) - start);
};

/** Smallest share of a chunk's wanted length that is worth a process of its own. */
const worthwhileShare = 0.5;

/**
 * Cuts the video into chunks on grid lines, each as long as `secondsOf` its ordinal or a segment longer. The last chunk
 * of a frame grid is open, so that the real end of the file decides and not the declared one; that of a source grid is
 * exact. A short rest belongs to the chunk before it.
 */
export const makeChunks = (input: {
  grid: Grid;
  durationSeconds: number;
  secondsOf: (ordinal: number) => number;
}): Chunk[] => {
  const { grid, durationSeconds } = input;
  const total = segmentTotal({ grid, durationSeconds });
  const end = grid.kind === "source" ? grid.endTicks / grid.timescale : durationSeconds;
  const chunks: Chunk[] = [];
  let first = 0;
  while (first < total) {
    const wanted = input.secondsOf(chunks.length);
    const start = segmentStart({ grid, index: first });
    let next = first + 1;
    // A millisecond of tolerance: 2 segments of 4.0 s are 8 s, whatever binary fractions make of it.
    while (next < total && segmentStart({ grid, index: next }) - start < wanted - 0.001) next += 1;
    const rest = next < total ? end - segmentStart({ grid, index: next }) : 0;
    if (rest < input.secondsOf(chunks.length + 1) * worthwhileShare && rest < wanted) next = total;
    const open = next === total && grid.kind === "frames";
    chunks.push({ ordinal: chunks.length, firstSegment: first, segmentCount: open ? null : next - first });
    first = next;
  }
  return chunks;
};
