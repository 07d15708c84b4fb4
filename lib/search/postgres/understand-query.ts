import type { KnownStem } from "#lib/db/queries/search/lexicon.ts";
import { otherSpelling } from "#lib/search/analysis/other-spelling.ts";
import { splitWords, type TextWord } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import type { Lexicon } from "#lib/search/postgres/remembered-lexicon.ts";
import { deletionHashes } from "#lib/search/typos/deletions.ts";
import { isOneTypo } from "#lib/search/typos/is-one-typo.ts";

/** A word of a query as the lexicon knows it: documents fit that have any of the stems. */
export type QueryWord = {
  stemIds: number[];
  /** How many documents have it in a field, about; spoken words are not counted. */
  documents: number;
  /** Folded words that stand for it: itself, its correction, or what it is the beginning of. */
  words: string[];
  /** What was typed; null for a correction's. */
  typed: TextWord;
  corrected: string | null;
};

/** Most different words of a query that are looked at. */
const maxWords = 8;
/** Most words that an unfinished one may mean. */
const maxCompletions = 10;
/** Shortest beginning that is completed. */
const leastPrefix = 2;

type Reading = {
  lexicon: Lexicon;
  known: ReadonlyMap<string, KnownStem>;
  /** Only what stands in fields counts as known: words that are merely spoken, or no more there, are corrected too. */
  strict: boolean;
};

const distinct = (words: readonly TextWord[]): TextWord[] =>
  [...new Map(words.map((word) => [word.word, word])).values()].slice(0, maxWords);

const asKnown = (typed: TextWord, { known, strict }: Reading): QueryWord | null => {
  const own = known.get(stemWord(typed.word));
  const joined = typed.joined === null ? undefined : known.get(stemWord(typed.joined));
  const stems = [own, joined].filter((stem) => stem !== undefined && (!strict || stem.documents > 0));
  if (stems.length === 0) return null;
  const words = [typed.word, ...(typed.joined === null ? [] : [typed.joined])];
  return {
    stemIds: stems.flatMap((stem) => stem?.id ?? []),
    documents: stems.reduce((sum, stem) => sum + (stem?.documents ?? 0), 0),
    ...{ words, typed, corrected: null },
  };
};

const asBeginning = async (typed: TextWord, { lexicon }: Reading): Promise<QueryWord | null> => {
  if ([...typed.word].length < leastPrefix) return null;
  const found = await lexicon.beginning({ prefix: typed.word, limit: maxCompletions });
  const counted = found.filter(({ documents }) => documents > 0);
  if (counted.length === 0) return null;
  return {
    stemIds: [...new Set(counted.map(({ stemId }) => stemId))],
    documents: counted.reduce((sum, { documents }) => sum + documents, 0),
    ...{ words: counted.map(({ word }) => word), typed, corrected: null },
  };
};

/** The commonest word one typo away, else one of whose other forms that is so. */
const asTypo = async (typed: TextWord, { lexicon }: Reading): Promise<QueryWord | null> => {
  const stem = stemWord(typed.word);
  const hashes = [...new Set([...deletionHashes(typed.word), ...deletionHashes(stem)])];
  const near = (await lexicon.near(hashes)).filter(({ documents }) => documents > 0);
  const best =
    near.find(({ word }) => isOneTypo(word, typed.word)) ?? near.find(({ word }) => isOneTypo(stemWord(word), stem));
  if (best === undefined) return null;
  const { stemId, documents, word } = best;
  return { stemIds: [stemId], documents, words: [word], typed, corrected: word };
};

/** What a word means as it is spelled: itself, or what it is the beginning of. */
const asSpelled = async (typed: TextWord, reading: Reading, isLast: boolean): Promise<QueryWord | null> =>
  asKnown(typed, reading) ?? (isLast ? await asBeginning(typed, reading) : null);

/** The word in the other alphabet; a correction, so that people see what was searched for. */
const inOtherAlphabet = (typed: TextWord): TextWord | null => {
  const word = otherSpelling(typed.word);
  return word === null ? null : { ...typed, word, joined: null };
};

const readWord = async (typed: TextWord, reading: Reading, isLast: boolean): Promise<QueryWord | null> => {
  const known = await asSpelled(typed, reading, isLast);
  if (known !== null) return known;
  const other = inOtherAlphabet(typed);
  const spelled = other === null ? null : await asSpelled(other, reading, isLast);
  if (spelled !== null) return { ...spelled, corrected: spelled.words[0] ?? null };
  return (
    (await asTypo(typed, reading)) ??
    (other === null ? null : await asTypo(other, reading)) ??
    (reading.strict ? asKnown(typed, { ...reading, strict: false }) : null)
  );
};

/**
 * What the words of a query mean: known ones in any form, else what the last one is the beginning of (unless a space follows
 * it), else the same in the other alphabet, else what it is one typo away from. Words that mean nothing are left out.
 */
export const understandQuery = async (
  lexicon: Lexicon,
  { q, strict }: { q: string; strict: boolean },
): Promise<QueryWord[]> => {
  const typed = distinct(splitWords(q));
  const stemsOf = (words: readonly (string | null)[]) => [
    ...new Set(words.filter((word) => word !== null).map(stemWord)),
  ];
  const spelled = stemsOf(typed.flatMap(({ word, joined }) => [word, joined]));
  const others = stemsOf(typed.map(({ word }) => otherSpelling(word)));
  const known = new Map((await lexicon.stems(spelled, others)).map((stem) => [stem.stem, stem]));
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(q);
  const reading: Reading = { lexicon, known, strict };
  const read: QueryWord[] = [];
  for (const [at, word] of typed.entries()) {
    const understood = await readWord(word, reading, isOpen && at === typed.length - 1);
    if (understood !== null) read.push(understood);
  }
  return read;
};

/** The query with corrections in the place of typos; null when there are none. */
export const correctedQuery = (q: string, words: readonly QueryWord[]): string | null => {
  const changed = words.filter(({ corrected }) => corrected !== null).toSorted((a, b) => b.typed.start - a.typed.start);
  if (changed.length === 0) return null;
  return changed.reduce(
    (text, { typed, corrected }) => text.slice(0, typed.start) + corrected + text.slice(typed.end),
    q.trimEnd(),
  );
};
