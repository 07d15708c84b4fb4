/** How far a rendition can be played, as the video's DTO tells it; null: to its end. */
export type RungState = { name: string; availableMs: number | null };

/** A rung as the player knows it from the multivariant playlist. */
export type Rung = {
  /** The rendition's name: `source`, `360p` … */
  name: string;
  /** What the menu calls it: the short side, `1080p`. */
  quality: string;
  /** Bits per second. */
  bitrate: number;
  /** Codecs of picture and sound; a change of them within a video costs a short break. */
  family: string;
};

/** Seconds that a rung has to be ahead of the playhead before the menu offers it. */
export const offerSeconds = 20;
/** Seconds that a rung has to hold beyond what is loaded before loading changes to it: two segments. */
const joinSeconds = 8;
/** Seconds that a rung has to hold beyond what is loaded to stay with it. */
const staySeconds = 1;
/** An end that is this near counts as reached: durations of renditions differ by parts of a frame. */
const endToleranceSeconds = 0.5;

/** How far each rung can be played. Rungs that are not named cannot be played at all. */
export type Ladder = { states: readonly RungState[]; durationSeconds: number | null };

/** Seconds from 0 that rung `name` can be played; Infinity when it is complete, 0 when there is nothing of it. */
export const reachOf = ({ states, durationSeconds }: Ladder, name: string): number => {
  const state = states.find((candidate) => candidate.name === name);
  if (state === undefined) return 0;
  if (state.availableMs === null) return Number.POSITIVE_INFINITY;
  const seconds = state.availableMs / 1000;
  return durationSeconds !== null && seconds >= durationSeconds - endToleranceSeconds
    ? Number.POSITIVE_INFINITY
    : seconds;
};

/** Seconds from 0 that can be played on any of these rungs. */
export const farthest = (ladder: Ladder, names: readonly string[]): number =>
  Math.max(0, ...names.map((name) => reachOf(ladder, name)));

/**
 * Names of the rungs that may be offered at `playhead`: complete ones, and those comfortably ahead. One that was offered
 * stays until the playhead has caught up with it, so that the list does not flicker.
 */
export const offered = ({
  ladder,
  names,
  playhead,
  before,
}: {
  ladder: Ladder;
  names: readonly string[];
  /** In seconds. */
  playhead: number;
  /** What was offered so far. */
  before: ReadonlySet<string>;
}): string[] =>
  names.filter((name) => reachOf(ladder, name) >= playhead + (before.has(name) ? staySeconds : offerSeconds));

/** Of the rungs in order, the best one that is not above `wanted`, else the lowest one above it. */
const nearest = (indexes: readonly number[], wanted: number): number | undefined =>
  indexes.findLast((index) => index <= wanted) ?? indexes[0];

/**
 * Of the rungs that are there, those with the codecs that play now, at first those of a complete rung. Others only where
 * bandwidth asks for less than the poorest of these needs.
 */
const ofOneFamily = (input: PickRung, there: readonly number[]): readonly number[] => {
  const { rungs, ladder, current, bandwidth } = input;
  const complete = rungs.find(({ name }) => reachOf(ladder, name) === Number.POSITIVE_INFINITY);
  const family = (rungs[current] ?? complete)?.family;
  const same = there.filter((index) => rungs[index]?.family === family);
  const least = Math.min(...same.map((index) => rungs[index]?.bitrate ?? 0));
  const tooMuch = bandwidth !== null && bandwidth < least;
  return same.length === 0 || tooMuch ? there : same;
};

/** What `pickRung` decides by. */
export type PickRung = {
  ladder: Ladder;
  /** In the order of the playlist's levels: lowest first. */
  rungs: readonly Rung[];
  /** The level that bandwidth and the window's size ask for. */
  wanted: number;
  /** The level that is loaded now; -1 before the first. */
  current: number;
  /** A quality that was chosen by hand, or null. */
  chosen: string | null;
  /** Measured, in bits per second; null before the first measurement. */
  bandwidth: number | null;
  /** Seconds up to which the picture is loaded. */
  loadedTo: number;
};

/**
 * The level to load next: the chosen quality where it is there, else the one that bandwidth asks for among those that hold
 * enough beyond what is loaded. When none does, the one that reaches farthest: more of it comes.
 */
export const pickRung = (input: PickRung): number => {
  const { ladder, rungs, wanted, current, chosen, loadedTo } = input;
  const there = rungs.flatMap(({ name }, index) => {
    const margin = index === current ? staySeconds : joinSeconds;
    return reachOf(ladder, name) >= loadedTo + margin ? [index] : [];
  });
  const byHand = there.filter((index) => rungs[index]?.quality === chosen);
  const richest = byHand.toSorted((a, b) => (rungs[b]?.bitrate ?? 0) - (rungs[a]?.bitrate ?? 0))[0];
  const picked = richest ?? nearest(ofOneFamily(input, there), wanted);
  if (picked !== undefined) return picked;
  const reaches = rungs.map(({ name }) => reachOf(ladder, name));
  const best = Math.max(0, ...reaches);
  return reaches[current] === best ? current : Math.max(0, reaches.indexOf(best));
};
