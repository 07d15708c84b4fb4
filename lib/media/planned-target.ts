import type { Plan } from "#lib/media/plan.ts";
import { type Rational, toNumber } from "#lib/media/rational.ts";

/** A row of start times with its end, in ticks. */
type Starts = { starts: readonly number[]; endTicks: number; timescale: number };
/** Either kind of grid, as far as lengths of segments go. */
type GridLengths = { frameRate: Rational; framesPerSegment?: number; uncutFrame?: number | null } & Partial<Starts>;

const longestOf = ({ starts, endTicks, timescale }: Starts): number =>
  Math.max(0, ...starts.map((start, index) => ((starts[index + 1] ?? endTicks) - start) / timescale));

/** A line that is left out makes the segment before it longer by less than this; see lib/media/grid.ts. */
const longestRestSeconds = 0.5;

/** Sound is cut at the first packet after a grid line. */
const packetSeconds = 0.03;

const longestOnGrid = (grid: GridLengths): number => {
  const { starts, endTicks, timescale, framesPerSegment, frameRate, uncutFrame } = grid;
  if (starts !== undefined && endTicks !== undefined && timescale !== undefined)
    return longestOf({ starts, endTicks, timescale });
  return (framesPerSegment ?? 0) / toNumber(frameRate) + (typeof uncutFrame === "number" ? longestRestSeconds : 0);
};

/**
 * Target duration of every playlist of a run, known from the plan: it may not change while a playlist grows (RFC 8216
 * section 4.3.3.1), and no segment, rounded, may be longer.
 */
export const plannedTargetSeconds = ({ grid, source }: Pick<Plan, "grid" | "source">): number => {
  const tracks = source === null ? [] : [source.video, ...source.audio];
  const longest = Math.max(longestOnGrid(grid), ...tracks.map(longestOf));
  return Math.max(1, Math.round(longest + packetSeconds));
};
