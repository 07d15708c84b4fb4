import type { DbOrTx } from "#lib/db/client.ts";
import {
  type Candidate,
  type CandidateOrder,
  listCandidates,
  listOrderedCandidates,
  type Stage,
} from "#lib/db/queries/search/candidates.ts";
import { durationClassOf } from "#lib/search/duration-class.ts";
import type { SearchFilters, SearchRequest } from "#lib/search/engine.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { periodStart } from "#lib/search/period-start.ts";
import { everyWeight, termsOfFilters, titleWeights } from "#lib/search/postgres/codes.ts";
import { type StageWord, stagesOfAll, stagesOfSome } from "#lib/search/postgres/make-stages.ts";

/** Candidates that an answer looks at, at least: facets are counted over them. Each costs some microseconds. */
const leastCandidates = 100;
const mostCandidates = 1000;
/** The same of those that fit in part, which only fill a page. */
const leastPartial = 60;
/** A word with more documents is looked for among the first of all; a rarer one by its index. */
const commonFrom = 5000;

/** What fits, best first, and whether there may be more. */
export type FoundCandidates = { candidates: Candidate[]; isCut: boolean };

type Finding = { words: readonly StageWord[]; request: SearchRequest };

/** Two values may have one code, so what passed is looked at again. */
const passes = (candidate: Candidate, filters: SearchFilters): boolean =>
  (filters.channelId === undefined || candidate.channelId === filters.channelId) &&
  (filters.category === undefined || candidate.category === filters.category) &&
  (filters.language === undefined || candidate.language === filters.language) &&
  (filters.captions === undefined || candidate.hasCaptions === filters.captions) &&
  (filters.tag === undefined || candidate.tags.includes(foldTag(filters.tag))) &&
  (filters.duration === undefined ||
    (candidate.durationMs !== null && durationClassOf(candidate.durationMs) === filters.duration));

const byId = (a: Candidate, b: Candidate): number => (a.videoId < b.videoId ? 1 : -1);
const byAge = (a: Candidate, b: Candidate): number => b.publishedAt.getTime() - a.publishedAt.getTime();

/** Most words first; then by score, or as asked. */
const inOrder = (candidates: readonly Candidate[], sort: SearchRequest["sort"]): Candidate[] => {
  const rank = {
    relevance: (a: Candidate, b: Candidate) => b.score - a.score || byAge(a, b),
    newest: byAge,
    views: (a: Candidate, b: Candidate) => b.popularity - a.popularity,
  }[sort];
  return candidates.toSorted((a, b) => b.matched - a.matched || rank(a, b) || byId(a, b));
};

/** Each document once, with the stage that it fits best. */
const once = (candidates: readonly Candidate[]): Candidate[] => {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = best.get(candidate.videoId);
    if (known === undefined || known.matched < candidate.matched) best.set(candidate.videoId, candidate);
  }
  return [...best.values()];
};

const limitOf = ({ offset, limit }: SearchRequest): number =>
  Math.min(mostCandidates, Math.max(leastCandidates, offset + limit + 1));

const ordered = async (
  tx: DbOrTx,
  input: Parameters<typeof listOrderedCandidates>[1] & { enough: number; isCommon: boolean },
): Promise<Candidate[]> => {
  const { enough, isCommon, ...query } = input;
  const head = isCommon ? await listOrderedCandidates(tx, { ...query, window: commonFrom }) : [];
  return isCommon && head.length >= enough ? head : listOrderedCandidates(tx, { ...query, window: null });
};

const orderOf = ({ sort }: SearchRequest, words: readonly StageWord[]): CandidateOrder | null => {
  if (sort !== "relevance") return sort;
  return words.length === 0 ? "newest" : null;
};

/**
 * Documents that fit: those with all words, and when these do not fill the page those with most of them. Nothing that
 * not everybody may see is among them.
 */
export const findCandidates = async (tx: DbOrTx, { words, request }: Finding): Promise<FoundCandidates> => {
  const { filters, now } = request;
  const terms = termsOfFilters(filters);
  const limit = limitOf(request);
  const stemIds = words.flatMap((word) => [...word.stemIds]);
  const common = {
    publishedSince: filters.period === undefined ? null : periodStart(filters.period, now),
    weights: everyWeight(stemIds),
    titleWeights: titleWeights(stemIds),
    limit,
  };
  const order = orderOf(request, words);
  const stages = stagesOfAll({ words, terms });
  const whole = stages.at(-1);
  const enough = request.offset + request.limit + 1;
  const isCommon = words.every(({ documents }) => documents > commonFrom);
  const askOrdered = (stage: Stage, by: CandidateOrder) =>
    ordered(tx, { ...common, stage: { ...stage, butNot: [] }, order: by, window: null, enough, isCommon });
  const full =
    order === null || whole === undefined
      ? await listCandidates(tx, { ...common, stages })
      : await askOrdered(whole, order);
  const rest = once(full).length >= enough ? [] : stagesOfSome({ words, terms });
  const partialLimit = Math.min(limit, Math.max(leastPartial, enough));
  const partial = rest.length === 0 ? [] : await listCandidates(tx, { ...common, limit: partialLimit, stages: rest });
  const candidates = once([...full, ...partial]).filter((candidate) => passes(candidate, filters));
  return {
    candidates: inOrder(candidates, order ?? "relevance"),
    isCut: full.length >= limit || partial.length >= partialLimit,
  };
};
