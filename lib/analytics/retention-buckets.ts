/** A stretch of a video that was played, in milliseconds of the video. */
export type PlayedRange = { fromMs: number; toMs: number };

const mostBuckets = 100;

/** Into how many equal parts a video is divided for its retention curve: seconds of short ones, hundredths of others. */
export const bucketCountOf = (durationMs: number): number =>
  Math.min(mostBuckets, Math.max(1, Math.ceil(durationMs / 1000)));

/** Length of one part in milliseconds. */
export const bucketMsOf = ({ durationMs, bucketCount }: { durationMs: number; bucketCount: number }): number =>
  durationMs / bucketCount;

/** The ranges sorted and joined, empty ones left out and all within the video. */
export const unionOf = (ranges: readonly PlayedRange[], durationMs: number): PlayedRange[] => {
  const sorted = ranges
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(0, fromMs), toMs: Math.min(durationMs, toMs) }))
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .sort((one, other) => one.fromMs - other.fromMs);
  const union: PlayedRange[] = [];
  for (const range of sorted) {
    const last = union.at(-1);
    if (last === undefined || range.fromMs > last.toMs) union.push({ ...range });
    else last.toMs = Math.max(last.toMs, range.toMs);
  }
  return union;
};

/** How many milliseconds of the video the ranges cover. */
export const coveredMs = (union: readonly PlayedRange[]): number =>
  union.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** The parts of which at least half was played, by number, ascending. `union` comes from `unionOf`. */
export const watchedBuckets = ({
  union,
  durationMs,
  bucketCount,
}: {
  union: readonly PlayedRange[];
  durationMs: number;
  bucketCount: number;
}): number[] => {
  const size = bucketMsOf({ durationMs, bucketCount });
  const played = new Map<number, number>();
  for (const { fromMs, toMs } of union) {
    const last = Math.min(bucketCount - 1, Math.ceil(toMs / size) - 1);
    for (let bucket = Math.floor(fromMs / size); bucket <= last; bucket += 1) {
      const part = Math.min(toMs, (bucket + 1) * size) - Math.max(fromMs, bucket * size);
      played.set(bucket, (played.get(bucket) ?? 0) + part);
    }
  }
  return [...played]
    .filter(([, ms]) => ms >= size / 2)
    .map(([bucket]) => bucket)
    .sort((one, other) => one - other);
};
