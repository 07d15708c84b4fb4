import { beforeAll, describe, expect, it } from "vitest";
import type { Facets, SearchEngine, SearchFilters, SearchRequest } from "#lib/search/engine.ts";
import { addSpoken, indexAll, makeFindable, searchFor } from "#tests/factories/findable.ts";
import { makeChannel } from "#tests/factories/rows.ts";

type Made = {
  id: string;
  channelId: string;
  category: string | null;
  language: string | null;
  tags: string[];
  durationMs: number;
  ageDays: number;
  captions: boolean;
};

const dayMs = 86_400_000;
const now = new Date();
const made: Made[] = [];

const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

const makeOne = async (at: number, channelIds: readonly string[]): Promise<void> => {
  const facts = {
    channelId: of(channelIds, at),
    category: of(["music", "food", null], at),
    language: of(["uk", "en", null, "uk"], at),
    tags: of([["Жива музика", "jazz"], ["jazz"], []], at),
    durationMs: of([30_000, 600_000, 3_600_000, 240_000], at),
  };
  const ageDays = of([0.2, 3, 20, 200, 2000], at);
  const { id } = await makeFindable({
    ...{ title: `Фасетка номер ${at}`, publishedAt: new Date(now.getTime() - ageDays * dayMs) },
    ...facts,
  });
  const captions = at % 4 === 0;
  if (captions) await addSpoken(id, [[1, "нічого"]]);
  made.push({ id, ...facts, ageDays, captions });
};

const classOf = (ms: number) => (ms < 240_000 ? "short" : ms <= 1_200_000 ? "medium" : "long");
const days = { day: 1, week: 7, month: 30, year: 365 };

const fits = (one: Made, filters: SearchFilters): boolean =>
  (filters.channelId === undefined || one.channelId === filters.channelId) &&
  (filters.category === undefined || one.category === filters.category) &&
  (filters.language === undefined || one.language === filters.language) &&
  (filters.tag === undefined || one.tags.some((tag) => tag.toLowerCase() === filters.tag?.toLowerCase())) &&
  (filters.duration === undefined || classOf(one.durationMs) === filters.duration) &&
  (filters.period === undefined || one.ageDays <= days[filters.period]) &&
  (filters.captions === undefined || one.captions === filters.captions);

const counts = (values: readonly (string | null)[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(values, (value) => value)].flatMap(([value, same]) =>
      value === null ? [] : [[value, same.length]],
    ),
  );

/** Facets as brute force counts them. */
const counted = (all: readonly Made[]): Record<keyof Facets, Record<string, number>> => ({
  duration: counts(all.map(({ durationMs }) => classOf(durationMs))),
  period: counts(
    Object.entries(days).flatMap(([name, most]) => all.filter(({ ageDays }) => ageDays <= most).map(() => name)),
  ),
  category: counts(all.map(({ category }) => category)),
  language: counts(all.map(({ language }) => language)),
  tag: counts(all.flatMap(({ tags }) => tags.map((tag) => tag.toLowerCase()))),
  channel: counts(all.map(({ channelId }) => channelId)),
  captions: counts(all.map(({ captions }) => (captions ? "yes" : "no"))),
});

const told = (facets: Facets): Record<string, Record<string, number>> =>
  Object.fromEntries(
    Object.entries(facets).map(([name, values]) => [
      name,
      Object.fromEntries(values.map(({ value, count }) => [value, count])),
    ]),
  );

const filterCases: SearchFilters[] = [
  {},
  { category: "music" },
  { language: "uk" },
  { tag: "Жива Музика" },
  { tag: "jazz", duration: "medium" },
  { duration: "long" },
  { period: "week" },
  { period: "month", captions: true },
  { captions: false, language: "en" },
  { category: "food", language: "uk", duration: "short", period: "year" },
  { category: "kids" },
];

/** What several engines must agree on when they filter, count and order. */
export const facetContract = (open: () => SearchEngine): void => {
  describe("filters, facets and orders", () => {
    const search = (values: Partial<SearchRequest> = {}) =>
      open().search(searchFor("фасетка", { limit: 60, now, ...values }));

    beforeAll(async () => {
      const channelIds = [(await makeChannel()).id, (await makeChannel()).id];
      for (let at = 0; at < 30; at += 1) await makeOne(at, channelIds);
      await indexAll(open());
    });

    it.each(filterCases)("gives and counts what brute force does: %j", async (filters) => {
      const expected = made.filter((one) => fits(one, filters));
      const answer = await search({ filters });
      expect(new Set(answer.hits.map(({ videoId }) => videoId))).toEqual(new Set(expected.map(({ id }) => id)));
      expect(answer.total).toEqual({ count: expected.length, about: false });
      expect(told(answer.facets)).toEqual(counted(expected));
    });

    it("narrows to a channel", async () => {
      const channelId = made[0]?.channelId ?? "";
      const expected = made.filter((one) => one.channelId === channelId).map(({ id }) => id);
      const { hits } = await search({ filters: { channelId } });
      expect(new Set(hits.map(({ videoId }) => videoId))).toEqual(new Set(expected));
    });

    it("gives the newest first when asked", async () => {
      const { hits } = await search({ sort: "newest" });
      const ages = hits.map(({ videoId }) => made.find(({ id }) => id === videoId)?.ageDays);
      expect(ages).toEqual(ages.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
      expect(ages).toHaveLength(30);
    });

    it("counts all pages on each page", async () => {
      const first = await search({ limit: 5 });
      const last = await search({ limit: 5, offset: 25 });
      expect(first.facets).toEqual(last.facets);
      expect([first.more, last.more]).toEqual([true, false]);
    });
  });
};
