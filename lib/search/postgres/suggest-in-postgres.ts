import { searchDb } from "#lib/db/client.ts";
import { listTitledCandidates, type TitledCandidate } from "#lib/db/queries/search/candidates.ts";
import type { LexiconWord } from "#lib/db/queries/search/lexicon.ts";
import { findChannelsByKey } from "#lib/db/queries/search/suggestions.ts";
import { splitWords } from "#lib/search/analysis/split-words.ts";
import type { Suggestion } from "#lib/search/engine.ts";
import { foldTag } from "#lib/search/fold-tag.ts";
import { codeInTitle, everyWeight, titleWeights } from "#lib/search/postgres/codes.ts";
import { lexicon } from "#lib/search/postgres/remembered-lexicon.ts";
import { type QueryWord, understandQuery } from "#lib/search/postgres/understand-query.ts";

/** Words that an unfinished one may become, and videos whose titles are looked at for them. */
const maxCompletions = 30;
const maxCandidates = 60;

/** Videos with all of these words in the title, one of the completions among them; the best first. */
const titled = async (words: readonly QueryWord[], completions: readonly LexiconWord[]): Promise<TitledCandidate[]> => {
  const open = [...new Set(completions.map(({ stemId }) => stemId))];
  const lists = [...words.map(({ stemIds }) => stemIds), ...(open.length === 0 ? [] : [open])];
  if (lists.length === 0) return [];
  const stemIds = lists.flat();
  const stage = {
    all: lists.filter((list) => list.length === 1).flatMap((list) => list.map(codeInTitle)),
    anyOf: lists.filter((list) => list.length > 1).map((list) => list.map(codeInTitle)),
    ...{ butNot: [], matched: lists.length },
  };
  const candidates = await listTitledCandidates(searchDb(), {
    ...{ stages: [stage], publishedSince: null, limit: maxCandidates },
    ...{ weights: everyWeight(stemIds), titleWeights: titleWeights(stemIds) },
  });
  return candidates.toSorted((a, b) => b.score - a.score || b.popularity - a.popularity);
};

/** Completions as they stand in titles that were found, in small letters: nothing is told that stands in none. */
const queriesOf = (input: {
  before: string;
  completions: readonly LexiconWord[];
  found: readonly TitledCandidate[];
}): string[] => {
  const spelled = new Map<string, string>();
  for (const { title } of input.found) {
    for (const { word, start, end } of splitWords(title)) {
      if (!spelled.has(word)) spelled.set(word, title.slice(start, end).toLowerCase());
    }
  }
  return input.completions.flatMap(({ word }) => {
    const spelling = spelled.get(word);
    return spelling === undefined ? [] : [`${input.before}${spelling}`];
  });
};

const lastWord = (q: string) => (/[\p{L}\p{N}\p{M}]$/u.test(q) ? splitWords(q).at(-1) : undefined);

/** Suggests from the index of the database. */
export const suggestInPostgres = async ({ q, limit }: { q: string; limit: number }): Promise<Suggestion[]> => {
  const open = lastWord(q);
  const before = open === undefined ? q : q.slice(0, open.start);
  const [words, begun, channels] = await Promise.all([
    understandQuery(lexicon(), { q: open === undefined ? q : `${before.trimEnd()} `, strict: false }),
    open === undefined ? [] : lexicon().beginning({ prefix: open.word, limit: maxCompletions }),
    foldTag(q) === "" ? [] : findChannelsByKey(searchDb(), { prefix: foldTag(q), limit }),
  ]);
  const counted = begun.filter(({ documents }) => documents > 0);
  // What begins no known word may be mistyped.
  const guessed =
    open !== undefined && counted.length === 0 ? await understandQuery(lexicon(), { q: `${q} `, strict: false }) : null;
  const found = await titled(guessed ?? words, counted);
  const queries = queriesOf({ before, completions: counted, found }).slice(0, limit);
  return [
    ...queries.map((text): Suggestion => ({ kind: "query", text })),
    ...found.slice(0, limit).map(({ videoId, title }): Suggestion => ({ kind: "video", text: title, videoId })),
    ...channels.map(({ handle, name }): Suggestion => ({ kind: "channel", text: name, handle })),
  ];
};
