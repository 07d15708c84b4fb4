/** Upper ends of the classes of start-up times, in milliseconds; one more class has what is above. Never changed: sums stand in the database. */
export const startupBoundsMs = [
  100, 200, 300, 400, 500, 700, 1000, 1400, 2000, 2800, 4000, 5600, 8000, 11_200, 16_000, 30_000,
] as const;

/** How many classes there are. */
export const startupClasses = startupBoundsMs.length + 1;

/** The class of a start-up time, from 0; a time on a bound belongs to the class below it. */
export const startupClassOf = (ms: number): number => {
  const found = startupBoundsMs.findIndex((bound) => ms <= bound);
  return found === -1 ? startupBoundsMs.length : found;
};

/**
 * The time within which `share` of the plays began, in whole milliseconds: straight between the bounds of its class. Null
 * where there are no plays; what lies above the last bound is told as that bound.
 */
export const startupPercentile = (counts: readonly number[], share: number): number | null => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = total * share;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= wanted) {
      const from = startupBoundsMs[index - 1] ?? 0;
      const to = startupBoundsMs[index] ?? from;
      return Math.round(from + ((wanted - below) / count) * (to - from));
    }
    below += count;
  }
  return startupBoundsMs.at(-1) ?? null;
};
