const minute = 60;
const hour = 60 * minute;

/** Seconds between an attempt and the next one: quick at first, for a receiver that restarts; a day in all. */
const pauses = [
  10,
  30,
  2 * minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  4 * hour,
  6 * hour,
  7 * hour,
] as const;

/** Attempts that a delivery gets. */
export const maxAttempts = pauses.length + 1;

/**
 * When a delivery is tried again after its `attempts`-th attempt failed; null when that was the last one. `random` (0 to
 * 1) spreads what failed together over a tenth of the pause, so that a receiver that comes back is not hit at once.
 */
export const nextAttemptAt = (input: { attempts: number; now: Date; random: number }): Date | null => {
  const pause = pauses[input.attempts - 1];
  if (pause === undefined) return null;
  return new Date(input.now.getTime() + Math.round(pause * 1000 * (0.95 + input.random / 10)));
};
