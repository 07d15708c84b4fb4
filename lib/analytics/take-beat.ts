import { coveredMs, type PlayedRange, unionOf, watchedBuckets } from "#lib/analytics/retention-buckets.ts";

/** What a player says it has played so far: sums since it began, so that a lost report costs nothing. */
export type Beat = {
  /** Of this session; rises with each report. */
  seq: number;
  arrivedAtMs: number;
  playedMs: number;
  ranges: readonly PlayedRange[];
  startupMs: number | null;
  stalls: number;
  stallMs: number;
  /** Milliseconds by height of the picture. */
  renditions: Readonly<Record<string, number>>;
  /** How often, by code. */
  errors: Readonly<Record<string, number>>;
};

/** What is believed of a session. */
export type WatchState = {
  issuedAtMs: number;
  /** Arrival of the last report that was taken; when the token was given while there is none. */
  reportedAtMs: number;
  seq: number;
  beats: number;
  playedMs: number;
  watched: readonly number[];
  bucketCount: number;
  startupMs: number | null;
  stalls: number;
  stallMs: number;
  renditions: Readonly<Record<string, number>>;
  errors: Readonly<Record<string, number>>;
};

/** The fastest that a player plays. */
const mostRate = 2;
/** Players report more often than this; a longer silence is believed only so far. */
const mostGapMs = 90_000;
/** Most of what a first report claims: time must be seen passing between two. */
const firstBeatMs = 5_000;
/** Reports that come closer together count as one. */
const distinctMs = 1_000;
/** Most time of a view, and the share of a shorter video, that must have been played. */
const viewMs = 30_000;
const viewShare = 0.5;

const allowance = (state: WatchState, wallMs: number): number =>
  state.beats === 0 ? Math.min(firstBeatMs, wallMs * mostRate) : Math.min(mostGapMs, wallMs) * mostRate;

/** What was not believed of the whole is taken off its parts in proportion. */
const fitted = (parts: Readonly<Record<string, number>>, playedMs: number): Record<string, number> => {
  const claimed = Object.values(parts).reduce((sum, ms) => sum + ms, 0);
  const share = claimed > playedMs ? playedMs / claimed : 1;
  return Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, Math.floor(ms * share)]));
};

/** Parts of the video grow only as far as there was time to see them; half a part may be over at both ends of a range. */
const watchedAfter = (
  state: WatchState,
  { beat, playedMs, durationMs }: { beat: Beat; playedMs: number; durationMs: number },
): readonly number[] => {
  if (durationMs <= 0) return state.watched;
  const union = unionOf(beat.ranges, durationMs);
  // Clocks of the element and the page differ by a little.
  if (coveredMs(union) > playedMs * 1.02 + 500) return state.watched;
  const fresh = watchedBuckets({ union, durationMs, bucketCount: state.bucketCount });
  return [...new Set([...state.watched, ...fresh])].sort((one, other) => one - other);
};

/**
 * A session after one more report. What it claims is believed only as far as time has passed since the last one, at the
 * fastest rate of the player; a report whose number is not higher than the last one's changes nothing, so replays and
 * reports that overtook each other are harmless. Pure.
 */
export const takeBeat = (state: WatchState, { beat, durationMs }: { beat: Beat; durationMs: number }): WatchState => {
  if (beat.seq <= state.seq || beat.arrivedAtMs < state.reportedAtMs) return state;
  const wallMs = beat.arrivedAtMs - state.reportedAtMs;
  const sinceOpenMs = beat.arrivedAtMs - state.issuedAtMs;
  const claimedMs = Math.max(0, beat.playedMs - state.playedMs);
  const playedMs = state.playedMs + Math.min(claimedMs, allowance(state, wallMs));
  const isDistinct = state.beats === 0 || wallMs >= distinctMs;
  return {
    ...state,
    seq: beat.seq,
    reportedAtMs: isDistinct || playedMs > state.playedMs ? beat.arrivedAtMs : state.reportedAtMs,
    beats: state.beats + (isDistinct ? 1 : 0),
    playedMs,
    watched: watchedAfter(state, { beat, playedMs, durationMs }),
    startupMs: state.startupMs ?? (beat.startupMs === null ? null : Math.min(beat.startupMs, sinceOpenMs)),
    stalls: Math.max(state.stalls, beat.stalls),
    stallMs: Math.max(state.stallMs, Math.min(beat.stallMs, sinceOpenMs)),
    renditions: fitted(beat.renditions, playedMs),
    errors: { ...state.errors, ...beat.errors },
  };
};

/**
 * Whether a session is a view: 30 seconds were really played, or half of a video shorter than a minute, and time was seen
 * passing between two reports.
 */
export const isView = ({ beats, playedMs }: Pick<WatchState, "beats" | "playedMs">, durationMs: number): boolean =>
  beats >= 2 && playedMs > 0 && playedMs >= Math.min(viewMs, durationMs > 0 ? durationMs * viewShare : viewMs);
