import type { Field, SearchAsked } from "#tests/setup/typesense/description.ts";
import { type Doc, parseFilter } from "#tests/setup/typesense/filter.ts";
import { type Fit, matchText } from "#tests/setup/typesense/match-text.ts";

/** What is searched in. */
export type Searched = {
  fields: readonly Field[];
  docs: readonly Doc[];
  synonymsOf: (token: string) => readonly string[];
};

/** A search that the schema does not allow. */
export class BadSearch extends Error {}

const need = (isMet: boolean, what: string): void => {
  if (!isMet) throw new BadSearch(what);
};

const rangePattern = /^([a-z_]+)\((.+)\)$/;

/** Facets part by part: commas inside of ranges part none. */
const facetsOf = (facetBy: string): string[] => facetBy.match(/[a-z_]+\([^)]*\)|[a-z_]+/g) ?? [];

/** Whatever a search names must be in the schema, and be of a kind that can be used so. */
const checkFields = (search: SearchAsked, fields: readonly Field[]): void => {
  const field = (name: string) => fields.find((one) => one.name === name);
  const queried = search.query_by?.split(",") ?? [];
  need(search.q === "*" || queried.length > 0, "query_by is missing");
  for (const name of queried) {
    need(/^string/.test(field(name)?.type ?? "") && field(name)?.index !== false, `cannot be searched in: ${name}`);
  }
  for (const list of [search.query_by_weights, search.num_typos, search.prefix]) {
    const count = list?.split(",").length ?? queried.length;
    need(count === queried.length || (count === 1 && list !== search.query_by_weights), "one entry for each field");
  }
  for (const entry of search.sort_by?.split(",") ?? []) {
    const name = entry.split(":")[0] ?? "";
    const isNumber = /^(int|float)/.test(field(name)?.type ?? "");
    need(name === "_text_match" || (isNumber && field(name)?.index !== false), `cannot be sorted by: ${name}`);
  }
  for (const facet of [...facetsOf(search.facet_by ?? ""), ...(search.group_by?.split(",") ?? [])]) {
    const name = rangePattern.exec(facet)?.[1] ?? facet;
    need(field(name)?.facet === true, `no facet: ${name}`);
  }
};

const sortKey = (doc: Doc, fit: Fit | undefined, name: string): number =>
  name === "_text_match" ? (fit?.score ?? 0) : Number(doc[name] ?? 0);

const inOrder = (found: ReadonlyMap<Doc, Fit | undefined>, search: SearchAsked): Doc[] => {
  const keys = (search.sort_by ?? "_text_match:desc").split(",").map((entry) => entry.split(":"));
  return [...found.keys()].toSorted((a, b) => {
    for (const [name = "", direction] of keys) {
      const difference = sortKey(a, found.get(a), name) - sortKey(b, found.get(b), name);
      if (difference !== 0) return direction === "asc" ? difference : -difference;
    }
    return 0;
  });
};

const countValues = (docs: readonly Doc[], name: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const doc of docs) {
    const value = doc[name];
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
      counts.set(String(one), (counts.get(String(one)) ?? 0) + 1);
    }
  }
  return counts;
};

const countRanges = (docs: readonly Doc[], name: string, text: string): Map<string, number> => {
  const ranges = [...text.matchAll(/(\w+):\[(-?\d+), (-?\d+)\]/g)].map(([, label = "", from, to]) => ({
    ...{ label, from: Number(from), to: Number(to) },
  }));
  ranges.forEach(({ from, to }, at) => {
    need(from < to && (at === 0 || ranges[at - 1]?.to === from), "Ranges must follow each other without a gap.");
  });
  need(ranges.length === text.split("],").length, `ranges cannot be read: ${text}`);
  return new Map(
    ranges.map(({ label, from, to }) => [
      label,
      docs.filter((doc) => Number(doc[name]) >= from && Number(doc[name]) < to).length,
    ]),
  );
};

const countFacet = (docs: readonly Doc[], facet: string, most: number) => {
  const [, field = facet, ranges] = rangePattern.exec(facet) ?? [];
  const counts = ranges === undefined ? countValues(docs, field) : countRanges(docs, field, ranges);
  return {
    field_name: field,
    sampled: false,
    stats: { total_values: counts.size },
    counts: [...counts]
      .filter(([, count]) => count > 0)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([value, count]) => ({ value, count, highlighted: value })),
  };
};

const shown = (doc: Doc, included: string | undefined): Record<string, unknown> =>
  included === undefined
    ? doc
    : Object.fromEntries(Object.entries(doc).filter(([name]) => included.split(",").includes(name)));

/** Answers one search. Throws `BadSearch` (or `BadFilter`) for one that the schema does not allow. */
export const answerSearch = (search: SearchAsked, { fields, docs, synonymsOf }: Searched): Record<string, unknown> => {
  checkFields(search, fields);
  const indexed = new Set(fields.filter(({ index }) => index !== false).map(({ name }) => name));
  const passing = docs.filter(parseFilter(search.filter_by, indexed));
  const found =
    search.q === "*"
      ? new Map<Doc, Fit | undefined>(passing.map((doc) => [doc, undefined]))
      : matchText(passing, { search, synonymsOf });
  const ordered = inOrder(found, search);
  const { offset = 0, limit = 10 } = search;
  const hit = (doc: Doc) => {
    const fit = found.get(doc);
    const info =
      fit === undefined ? {} : { text_match: fit.score, text_match_info: { tokens_matched: fit.tokensMatched } };
    return { document: shown(doc, search.include_fields), highlight: {}, highlights: [], ...info };
  };
  const base = {
    ...{ found: ordered.length, out_of: docs.length, page: 1, search_time_ms: 1, search_cutoff: false },
    facet_counts: facetsOf(search.facet_by ?? "").map((facet) =>
      countFacet(ordered, facet, search.max_facet_values ?? 10),
    ),
  };
  if (search.group_by === undefined) return { ...base, hits: ordered.slice(offset, offset + limit).map(hit) };
  const groups = [...Map.groupBy(ordered, (doc) => String(doc[search.group_by ?? ""]))].slice(offset, offset + limit);
  return {
    ...{ ...base, found: groups.length, found_docs: ordered.length },
    grouped_hits: groups.map(([key, group]) => ({
      group_key: [key],
      hits: group.slice(0, search.group_limit ?? 3).map(hit),
    })),
  };
};
