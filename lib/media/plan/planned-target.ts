import type { Grid } from "#lib/media/plan/grid.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { toNumber } from "#lib/media/rational.ts";

/** A row of start times with its end, in ticks. */
type Starts = { starts: readonly number[]; endTicks: number; timescale: number };

const longestOf = ({ starts, endTicks, timescale }: Starts): number =>
  starts.reduce((longest, start, index) => Math.max(longest, (starts[index + 1] ?? endTicks) - start), 0) / timescale;

/** A line that is left out makes the segment before it longer by less than this; see lib/media/plan/grid.ts. */
const longestRestSeconds = 0.5;

/** Sound is cut at the first packet after a grid line. */
const packetSeconds = 0.03;

/** Sound begins at 0 even where the first picture comes later, and is cut with the pictures. */
const firstSound = ({ starts, endTicks, timescale }: Starts): number => (starts[1] ?? endTicks) / timescale;

const longestOnGrid = (grid: Grid): number =>
  grid.kind === "source"
    ? Math.max(longestOf(grid), firstSound(grid))
    : grid.framesPerSegment / toNumber(grid.frameRate) + (grid.uncutFrame === null ? 0 : longestRestSeconds);

/**
 * Target duration of every playlist of a run, known from the plan: it may not change while a playlist grows (RFC 8216
 * section 4.3.3.1), and no segment, rounded, may be longer.
 */
export const plannedTargetSeconds = ({ grid, source }: Pick<Plan, "grid" | "source">): number => {
  const tracks = source === null ? [] : [source.video, ...source.audio];
  const longest = Math.max(longestOnGrid(grid), ...tracks.map(longestOf));
  return Math.max(1, Math.round(longest + packetSeconds));
};
