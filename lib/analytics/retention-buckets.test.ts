import { describe, expect, it } from "vitest";
import { bucketCountOf, coveredMs, unionOf, watchedBuckets } from "#lib/analytics/retention-buckets.ts";

describe("parts of a video", () => {
  it("are seconds of short videos and hundredths of others", () => {
    expect([0, 1, 1000, 1001, 99_000, 100_000, 100_001, 7_200_000].map(bucketCountOf)).toEqual([
      1, 1, 1, 2, 99, 100, 100, 100,
    ]);
  });

  it("count when half of them was played, in however many pieces", () => {
    const durationMs = 10_000;
    const watched = (...ranges: [number, number][]) => {
      const union = unionOf(
        ranges.map(([fromMs, toMs]) => ({ fromMs, toMs })),
        durationMs,
      );
      return watchedBuckets({ union, durationMs, bucketCount: 10 });
    };
    expect(watched([0, 3000])).toEqual([0, 1, 2]);
    expect(watched([400, 2600])).toEqual([0, 1, 2]);
    expect(watched([501, 2499])).toEqual([1]);
    expect(watched([0, 300], [700, 900])).toEqual([0]);
    expect(watched([9000, 99_000])).toEqual([9]);
    expect(watched()).toEqual([]);
  });

  it("equal a count of every millisecond", () => {
    const durationMs = 3_700;
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (let round = 0; round < 50; round += 1) {
      const ranges = Array.from({ length: random(6) }, () => {
        const fromMs = random(durationMs);
        return { fromMs, toMs: fromMs + random(900) };
      });
      const union = unionOf(ranges, durationMs);
      const played = Array.from({ length: durationMs }, (_, ms) =>
        ranges.some(({ fromMs, toMs }) => fromMs <= ms && ms < toMs),
      );
      expect(coveredMs(union)).toBe(played.filter(Boolean).length);
      const bucketCount = bucketCountOf(durationMs);
      const size = durationMs / bucketCount;
      const expected = Array.from({ length: bucketCount }, (_, bucket) => bucket).filter(
        (bucket) => played.slice(bucket * size, (bucket + 1) * size).filter(Boolean).length >= size / 2,
      );
      expect(watchedBuckets({ union, durationMs, bucketCount })).toEqual(expected);
    }
  });
});
