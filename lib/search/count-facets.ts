import { durationClassOf } from "#lib/search/duration-class.ts";
import { type Facets, periodSchema } from "#lib/search/engine.ts";
import { periodStart } from "#lib/search/period-start.ts";

/** What is counted of a found video. */
export type Faceted = {
  channelId: string;
  publishedAt: Date;
  durationMs: number | null;
  category: string | null;
  language: string | null;
  /** Folded. */
  tags: readonly string[];
  hasCaptions: boolean;
};

/** Most values of one facet that are told. */
const maxValues = 20;

/** How often values come, the commonest first, twenty at most; null is none. */
export const counted = (values: Iterable<string | null>): { value: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, maxValues);
};

/** How many videos have which property; see `facetsSchema`. Periods are told from the shortest on, each with what is younger. */
export const countFacets = (found: readonly Faceted[], now: Date): Facets => ({
  duration: counted(found.map(({ durationMs }) => (durationMs === null ? null : durationClassOf(durationMs)))),
  period: periodSchema.options.flatMap((value) => {
    const start = periodStart(value, now);
    const count = found.filter(({ publishedAt }) => publishedAt >= start).length;
    return count === 0 ? [] : [{ value, count }];
  }),
  category: counted(found.map(({ category }) => category)),
  language: counted(found.map(({ language }) => language)),
  tag: counted(found.flatMap(({ tags }) => [...new Set(tags)])),
  channel: counted(found.map(({ channelId }) => channelId)),
  captions: counted(found.map(({ hasCaptions }) => (hasCaptions ? "yes" : "no"))),
});
