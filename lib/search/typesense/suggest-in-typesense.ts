import { searchDb } from "#lib/db/client.ts";
import { findableTitles, listWatchableChannels } from "#lib/db/queries/search/suggestions.ts";
import { splitWords, type TextWord } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import type { Suggestion } from "#lib/search/engine.ts";
import { type Asking, askAll, type Found, idsOf, type Search } from "#lib/search/typesense/ask.ts";
import type { Collections } from "#lib/search/typesense/collections.ts";
import { butNot } from "#lib/search/typesense/filters.ts";
import { endsOpen, typoLengths, wordsOfQuery } from "#lib/search/typesense/read-query.ts";
import { tokenOf } from "#lib/search/typesense/tokens.ts";

/** Videos whose titles are looked at, and channels that may have something to watch. */
const maxVideos = 60;
const maxChannels = 50;

type Suggesting = Asking & {
  collections: Collections;
  q: string;
  limit: number;
  /** Videos that nobody may find any more though the index still has them. */
  hidden: readonly string[];
};

/** Words that an unfinished one may become, the commonest of them. */
const maxCandidates = 30;

const exact = {
  ...{ num_typos: "0,0", typo_tokens_threshold: 1, drop_tokens_threshold: 0 },
  max_candidates: maxCandidates,
};

const amongVideos = ({ collections, hidden }: Suggesting) => {
  const conditions = butNot(hidden);
  return { collection: collections.videos, ...(conditions.length === 0 ? {} : { filter_by: conditions.join(" && ") }) };
};

/** Videos with all words in the title, the last one perhaps unfinished. */
const byTitle = (suggesting: Suggesting, words: readonly TextWord[], isOpen: boolean): Search => ({
  ...{ ...amongVideos(suggesting), query_by: "title,title_words", prefix: `false,${isOpen}` },
  q: words.map(({ word }, at) => tokenOf(isOpen && at === words.length - 1 ? word : stemWord(word))).join(" "),
  ...exact,
  ...{ sort_by: "_text_match:desc,views:desc", include_fields: "id", limit: maxVideos },
});

/** The same with typos. */
const byMistypedTitle = (suggesting: Suggesting, words: readonly TextWord[]): Search => {
  const tokens = words.map(({ word }) => tokenOf(stemWord(word)));
  return {
    ...{ ...amongVideos(suggesting), q: tokens.join(" "), query_by: "title", prefix: "false", num_typos: "1" },
    ...typoLengths(tokens),
    ...{ typo_tokens_threshold: 1, drop_tokens_threshold: 0, sort_by: "_text_match:desc,views:desc" },
    ...{ include_fields: "id", limit: suggesting.limit },
  };
};

const byName = ({ collections }: Suggesting, words: readonly TextWord[], isOpen: boolean): Search => ({
  ...{ collection: collections.channels, query_by: "words", prefix: String(isOpen) },
  q: words.map(({ word }) => tokenOf(word)).join(" "),
  ...exact,
  ...{ num_typos: "0", include_fields: "id", limit: maxChannels },
});

/** What the unfinished word becomes in the titles, the commonest first, spelled as there but in small letters. */
const completedQueries = ({ q }: Suggesting, open: TextWord | undefined, titles: readonly string[]): string[] => {
  if (open === undefined) return [];
  const found = new Map<string, { spelling: string; count: number }>();
  for (const title of titles) {
    for (const { word, start, end } of splitWords(title)) {
      if (!word.startsWith(open.word)) continue;
      const known = found.get(word);
      found.set(word, {
        spelling: known?.spelling ?? title.slice(start, end).toLowerCase(),
        count: (known?.count ?? 0) + 1,
      });
    }
  }
  const before = q.slice(0, open.start);
  return [...found.values()].toSorted((a, b) => b.count - a.count).map(({ spelling }) => `${before}${spelling}`);
};

/**
 * Suggests from the index on the server; titles and names come from the tables, and only what may be found. Whether a query has
 * a typo is decided by that alone too.
 */
export const suggestInTypesense = async (suggesting: Suggesting): Promise<Suggestion[]> => {
  const { q, limit } = suggesting;
  const words = wordsOfQuery(q);
  if (words.length === 0) return [];
  const isOpen = endsOpen(q);
  const [exactly, mistyped, named] = await askAll(suggesting, [
    byTitle(suggesting, words, isOpen),
    byMistypedTitle(suggesting, words),
    byName(suggesting, words, isOpen),
  ]);
  if (exactly === undefined || mistyped === undefined || named === undefined) return [];
  const [titles, channels] = await Promise.all([
    findableTitles(searchDb(), [...new Set([...idsOf(exactly), ...idsOf(mistyped)])]),
    listWatchableChannels(searchDb(), { channelIds: idsOf(named), limit }),
  ]);
  const told = (found: Found) =>
    idsOf(found).flatMap((videoId) => {
      const text = titles.get(videoId);
      return text === undefined ? [] : [{ videoId, text }];
    });
  const exact = told(exactly);
  const videos = exact.length > 0 ? exact : told(mistyped);
  const open = isOpen ? splitWords(q).at(-1) : undefined;
  const queries = completedQueries(
    suggesting,
    open,
    exact.map(({ text }) => text),
  );
  return [
    ...queries.slice(0, limit).map((text): Suggestion => ({ kind: "query", text })),
    ...videos.slice(0, limit).map((video): Suggestion => ({ kind: "video", ...video })),
    ...channels.map(({ handle, name }): Suggestion => ({ kind: "channel", text: name, handle })),
  ];
};
