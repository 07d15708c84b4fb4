import { type Grid, segmentStart } from "#lib/media/plan/grid.ts";

/** Where a segment of pictures stands, in ticks of its rendition. */
export type SegmentPlace = { startTicks: number; endTicks: number };

/** How far a first frame may be from where its segment should begin, in seconds. */
const toleranceSeconds = 0.25;

/** What is wrong with a segment's first frame: nothing, it comes late (or early), by more than rounding explains. */
export const isMisplaced = (input: { grid: Grid; index: number; firstTicks: number; timescale: number }): boolean => {
  const { grid, index, firstTicks, timescale } = input;
  const difference = Math.abs(firstTicks / timescale - segmentStart({ grid, index }));
  // On a grid of frames every frame has its exact place; a source may lack a frame that cannot be decoded.
  const tolerance = grid.kind === "frames" ? (grid.frameRate.den / grid.frameRate.num) * 0.5 : toleranceSeconds;
  return difference > tolerance;
};

/**
 * Start and end of a segment as playlists tell them. On a source grid they are the source's own, so that all rungs agree
 * whatever rounding or a missing last frame would make of them; on a frame grid the frames are counted.
 */
export const placeSegment = (input: {
  grid: Grid;
  index: number;
  times: readonly number[];
  timescale: number;
}): SegmentPlace => {
  const { grid, index, times, timescale } = input;
  const first = Math.min(...times);
  if (grid.kind === "frames") {
    const frames = (times.length * grid.frameRate.den * timescale) / grid.frameRate.num;
    return { startTicks: first, endTicks: first + Math.round(frames) };
  }
  const ticks = (at: number) => Math.round(segmentStart({ grid, index: at }) * timescale);
  // The last frame must last at least a tick, whatever the source says of its end.
  return { startTicks: ticks(index), endTicks: Math.max(ticks(index + 1), Math.max(...times) + 1) };
};
