import { type Grid, segmentStart } from "#lib/media/plan/grid.ts";

/** Sound that goes on behind the last picture is cut this often. */
const tailSeconds = 4;

/**
 * Start of a segment of sound in seconds: where the picture is cut. A segment begins with the first packet at or after
 * it, at most one packet (23 ms) late, and without drift.
 */
export const audioCut = ({ grid, index }: { grid: Grid; index: number }): number => {
  if (grid.kind === "frames") return segmentStart({ grid, index });
  const behind = index - grid.starts.length;
  // Sound may begin before the first key frame.
  if (index === 0) return 0;
  return segmentStart({ grid, index }) + Math.max(0, behind) * tailSeconds;
};
