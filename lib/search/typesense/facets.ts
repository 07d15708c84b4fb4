import { type Facets, type Period, periodSchema } from "#lib/search/engine.ts";
import { periodStart } from "#lib/search/period-start.ts";
import { toSeconds } from "#lib/search/typesense/filters.ts";

/** Most values of one facet that are told. */
export const maxFacetValues = 20;

/** After every date that a video can have. */
const endOfTime = 4_102_444_800;

/** Fields of which values are counted, by what the counts are called. */
const fields = {
  ...{ duration: "duration", category: "category", language: "language" },
  ...{ tag: "tag", channel: "channel_id", captions: "captions" },
} as const;

const periods = periodSchema.options;

/** What is to be counted. Ranges of dates follow each other without a gap, since the server takes no others. */
export const facetsWanted = (now: Date): string => {
  const starts = periods.map((period) => toSeconds(periodStart(period, now)));
  const ranges = periods.map((period, at) => `${period}:[${starts[at]}, ${starts[at - 1] ?? endOfTime}]`);
  return [...Object.values(fields), `published_at(${ranges.toReversed().join(", ")})`].join(",");
};

/** Counts as the server tells them. */
export type FacetCount = { field_name: string; counts: { value: string; count: number }[] };

const sorted = (counts: FacetCount["counts"]): FacetCount["counts"] =>
  counts
    .filter(({ count }) => count > 0)
    .map(({ value, count }) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

/** A period counts what the shorter ones count too. */
const periodCounts = (counts: ReadonlyMap<string, number>): Facets["period"] => {
  let sum = 0;
  return periods.flatMap((value: Period) => {
    sum += counts.get(value) ?? 0;
    return sum === 0 ? [] : [{ value, count: sum }];
  });
};

/** The server's counts as engines tell them. */
export const toFacets = (counted: readonly FacetCount[]): Facets => {
  const countsOf = (field: string) => counted.find(({ field_name }) => field_name === field)?.counts ?? [];
  return {
    duration: sorted(countsOf(fields.duration)),
    period: periodCounts(new Map(countsOf("published_at").map(({ value, count }) => [value, count]))),
    category: sorted(countsOf(fields.category)),
    language: sorted(countsOf(fields.language)),
    tag: sorted(countsOf(fields.tag)),
    channel: sorted(countsOf(fields.channel)),
    captions: sorted(countsOf(fields.captions)),
  };
};
