/**
 * What was stored at the end of each day, from what is stored now and by how much each day changed it. `days` in order,
 * the last one is today; days without a change may be missing in `changes`.
 */
export const storedSeries = ({
  days,
  storedNow,
  changes,
}: {
  days: readonly string[];
  storedNow: number;
  changes: ReadonlyMap<string, number>;
}): number[] => {
  const series: number[] = [];
  let stored = storedNow;
  for (const day of days.toReversed()) {
    series.unshift(stored);
    stored -= changes.get(day) ?? 0;
  }
  return series;
};
