import { deepestOffset, type SearchAnswer, type SearchRequest } from "#lib/search/engine.ts";
import { type Asking, askAll, type Found, idsOf, type Search } from "#lib/search/typesense/ask.ts";
import type { Collections } from "#lib/search/typesense/collections.ts";
import { facetsWanted, maxFacetValues, toFacets } from "#lib/search/typesense/facets.ts";
import { filterOf } from "#lib/search/typesense/filters.ts";
import { findLines } from "#lib/search/typesense/find-lines.ts";
import { correctedQuery, type MeantWord, meantWords } from "#lib/search/typesense/meant-words.ts";
import {
  forgivingReadings,
  literalReadings,
  type Reading,
  tokensOfReading,
  typoLengths,
} from "#lib/search/typesense/read-query.ts";

type Searching = Asking & {
  collections: Collections;
  request: SearchRequest;
  /** Videos that nobody may find any more though the index still has them. */
  hidden: readonly string[];
  /** Videos of which the index has an older state. */
  changed: readonly string[];
};

/** A field that is searched in, and what a word in it weighs. */
type SearchedField = { name: string; weight: number };

const stemFields: readonly SearchedField[] = [
  ...[
    { name: "title", weight: 16 },
    { name: "tags", weight: 8 },
    { name: "channel", weight: 6 },
  ],
  ...[
    { name: "chapters", weight: 4 },
    { name: "description", weight: 2 },
  ],
];
/** Spoken words, which are never guessed at. */
const spoken: SearchedField = { name: "spoken", weight: 1 };

/** Fields with whole words, in which an unfinished or mistyped one is looked for. */
const wordFields: readonly SearchedField[] = [
  { name: "title_words", weight: 16 },
  { name: "words", weight: 2 },
];

/** Words that an unfinished or mistyped one may mean, the commonest of them. */
const maxCandidates = 20;

const sortings: Record<SearchRequest["sort"], string> = {
  relevance: "_text_match:desc,views:desc,published_at:desc",
  newest: "published_at:desc,views:desc",
  views: "views:desc,published_at:desc",
};

type Paged = Required<Pick<Search, "offset" | "limit" | "sort_by">>;

const common = ({ collections, request, hidden }: Searching) => {
  const filter = filterOf({ filters: request.filters, now: request.now, hidden });
  return { collection: collections.videos, ...(filter === null ? {} : { filter_by: filter }) };
};

const counted = ({ request }: Searching) => ({ facet_by: facetsWanted(request.now), max_facet_values: maxFacetValues });

/** Where a reading is looked for, and how many typos are forgiven there. */
const fieldsOf = ({ isOpen, forgives }: Reading): { fields: readonly SearchedField[]; typos: number } => {
  if (forgives === "words") return { fields: wordFields, typos: 2 };
  if (forgives === "stems") return { fields: stemFields, typos: 1 };
  return { fields: [...stemFields, spoken, ...(isOpen ? wordFields : [])], typos: 0 };
};

/** A reading as a search. With fewer than `enough` videos with all words, those with most of them follow. */
const toSearch = (
  searching: Searching,
  { reading, enough, page }: { reading: Reading; enough: number; page: Paged },
): Search => {
  const tokens = tokensOfReading(reading);
  const { fields, typos } = fieldsOf(reading);
  const told = reading.isOpen || reading.forgives !== "nothing" ? "id,title_words,words" : "id";
  return {
    ...common(searching),
    ...counted(searching),
    ...page,
    q: tokens.join(" "),
    query_by: fields.map(({ name }) => name).join(","),
    query_by_weights: fields.map(({ weight }) => weight).join(","),
    prefix: fields.map((field) => reading.isOpen && wordFields.includes(field)).join(","),
    num_typos: fields.map(() => typos).join(","),
    ...typoLengths(tokens),
    ...(told === "id" ? {} : { max_candidates: maxCandidates }),
    ...{ typo_tokens_threshold: 1, drop_tokens_threshold: enough, drop_tokens_mode: "both_sides:3" },
    include_fields: told,
  };
};

type Read = { reading: Reading; found: Found; matched: number };

/** How many words the best of what was found has. */
const matchedIn = ({ hits }: Found, { words }: Reading): number => {
  const [first] = hits;
  return first === undefined ? 0 : (first.text_match_info?.tokens_matched ?? words.length);
};

const tryReadings = async (
  searching: Searching,
  { readings, page, enough }: { readings: readonly Reading[]; page: Paged; enough: number },
): Promise<Read[]> => {
  const found = await askAll(
    searching,
    readings.map((reading) => toSearch(searching, { reading, enough, page })),
  );
  return readings.flatMap((reading, at) => {
    const one = found[at];
    return one === undefined ? [] : [{ reading, found: one, matched: matchedIn(one, reading) }];
  });
};

const isWhole = ({ reading, matched }: Read): boolean => matched >= reading.words.length;

/** The reading of which the best hit has most words; of equals the likeliest. Typos are thought of when no other has all. */
const choose = async (searching: Searching, page: Paged): Promise<Read | null> => {
  const { q, offset, limit } = searching.request;
  const tried = { page, enough: offset + limit + 1 };
  const literal = await tryReadings(searching, { readings: literalReadings(q), ...tried });
  const whole = literal.find(isWhole);
  if (whole !== undefined) return whole;
  const forgiving = await tryReadings(searching, { readings: forgivingReadings(q), ...tried });
  const share = ({ matched, reading }: Read) => matched / reading.words.length;
  return [...literal, ...forgiving].reduce<Read | null>(
    (best, one) => (one.matched > 0 && (best === null || share(one) > share(best)) ? one : best),
    null,
  );
};

type Page = { found: Found; meant: MeantWord[] };

const readPage = async (searching: Searching): Promise<Page | null> => {
  const { offset, limit, sort } = searching.request;
  const isFirst = offset === 0 && sort === "relevance";
  const best = { sort_by: sortings.relevance, offset: 0 };
  const chosen = await choose(searching, { ...best, limit: isFirst ? limit : 1 });
  if (chosen === null) return null;
  const meant = meantWords(chosen.reading, chosen.found);
  if (isFirst) return { found: chosen.found, meant };
  // Another order would mix those with all words and those with some.
  const enough = sort === "relevance" ? offset + limit + 1 : isWhole(chosen) ? 0 : 1;
  const page = { sort_by: sortings[sort], offset, limit };
  const [found] = await askAll(searching, [toSearch(searching, { reading: chosen.reading, enough, page })]);
  return found === undefined ? null : { found, meant };
};

/** All that the filters let through. */
const listPage = async (searching: Searching): Promise<Page | null> => {
  const { sort, offset, limit } = searching.request;
  const sort_by = sortings[sort === "relevance" ? "newest" : sort];
  const search: Search = {
    ...common(searching),
    ...counted(searching),
    q: "*",
    sort_by,
    offset,
    limit,
    include_fields: "id",
  };
  const [found] = await askAll(searching, [search]);
  return found === undefined ? null : { found, meant: [] };
};

const nothing: SearchAnswer = {
  ...{ hits: [], words: [], corrected: null, total: { count: 0, about: false }, more: false },
  ...{ facets: toFacets([]), channels: null },
};

/** Searches the index on the server: at most four requests, mostly two. Throws as `askAll` does. */
export const searchInTypesense = async (searching: Searching): Promise<SearchAnswer> => {
  const { request, collections } = searching;
  const hasWords = literalReadings(request.q).some(({ words }) => words.length > 0);
  // A query of which nothing is understood finds nothing, one without words all that the filters let through.
  if (!hasWords && request.q.trim() !== "") return nothing;
  const page = hasWords ? await readPage(searching) : await listPage(searching);
  if (page === null) return nothing;
  const { found, meant } = page;
  const videoIds = idsOf(found);
  // Of a video that has just changed a text track may be gone of which the index still has the lines.
  const settled = videoIds.filter((videoId) => !searching.changed.includes(videoId));
  const lines = await findLines({ ...searching, collection: collections.cues }, { videoIds: settled, meant });
  const end = request.offset + request.limit;
  return {
    hits: videoIds.map((videoId) => ({ videoId, cues: lines.get(videoId) ?? [] })),
    words: [...new Set(meant.flatMap(({ words }) => words))],
    corrected: found.found === 0 ? null : correctedQuery(request.q, meant),
    total: { count: found.found, about: found.search_cutoff },
    ...{ facets: toFacets(found.facet_counts), channels: null },
    more: found.found > end && end <= deepestOffset,
  };
};
