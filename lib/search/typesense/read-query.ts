import { otherSpelling } from "#lib/search/analysis/other-spelling.ts";
import { splitWords, type TextWord } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import { tokenOf } from "#lib/search/typesense/tokens.ts";

/** A word of a reading: what was typed, and the folded word that it is taken for. */
export type ReadWord = { typed: TextWord; word: string };

/** One way in which a query may be meant. */
export type Reading = {
  words: ReadWord[];
  /** Whether the last word is the beginning of one. */
  isOpen: boolean;
  /** Which typos are forgiven: none, one in a stem, or two in a whole word. */
  forgives: "nothing" | "stems" | "words";
};

/** Most different words of a query that are looked at. */
const maxWords = 8;
/** Shortest beginning that is completed. */
const leastPrefix = 2;

/** Different words of a query, in order. */
export const wordsOfQuery = (q: string): TextWord[] =>
  [...new Map(splitWords(q).map((word) => [word.word, word])).values()].slice(0, maxWords);

/** Whether the query's last word may be unfinished. */
export const endsOpen = (q: string): boolean => /[\p{L}\p{N}\p{M}]$/u.test(q);

const asTyped = (words: readonly TextWord[]): ReadWord[] => words.map((typed) => ({ typed, word: typed.word }));

/** Words with hyphens as one; null when there are none. */
const asJoined = (words: readonly TextWord[]): ReadWord[] | null => {
  if (words.every(({ joined }) => joined === null)) return null;
  const whole = words.map((typed) => ({ typed, word: typed.joined ?? typed.word }));
  return [...new Map(whole.map((one) => [one.word, one])).values()];
};

/** Words in the other alphabet; null when none has another spelling. */
const asOtherAlphabet = (words: readonly TextWord[]): ReadWord[] | null => {
  const others = words.map((typed) => ({ typed, word: otherSpelling(typed.word) ?? typed.word }));
  return others.some(({ typed, word }) => typed.word !== word) ? others : null;
};

const mayComplete = (words: readonly ReadWord[]): boolean => [...(words.at(-1)?.word ?? "")].length >= leastPrefix;

/** Ways in which a query may be meant as it is spelled, the likeliest first. */
export const literalReadings = (q: string): Reading[] => {
  const typed = wordsOfQuery(q);
  const spellings = [asTyped(typed), asJoined(typed), asOtherAlphabet(typed)].filter((words) => words !== null);
  const open = endsOpen(q);
  return spellings.flatMap((words): Reading[] => [
    { words, isOpen: false, forgives: "nothing" },
    ...(open && mayComplete(words) ? [{ words, isOpen: true, forgives: "nothing" } as const] : []),
  ]);
};

/** Ways in which it may be mistyped. */
export const forgivingReadings = (q: string): Reading[] => {
  const typed = wordsOfQuery(q);
  const spellings = [asTyped(typed), asOtherAlphabet(typed)].filter((words) => words !== null);
  const kinds = ["stems", "words"] as const;
  return spellings.flatMap((words) => kinds.map((forgives) => ({ words, isOpen: false, forgives })));
};

/** What the server is asked for: stems, unless a word is unfinished or typos of whole words are forgiven. */
export const tokensOfReading = ({ words, isOpen, forgives }: Reading): string[] =>
  words.map(({ word }, at) =>
    tokenOf(forgives === "words" || (isOpen && at === words.length - 1) ? word : stemWord(word)),
  );

/** How long tokens must be to be forgiven one typo, and two: the sign before Cyrillic ones does not count. */
export const typoLengths = (tokens: readonly string[]): { min_len_1typo: number; min_len_2typo: number } => {
  const marked = tokens.some((token) => token.startsWith("0")) ? 1 : 0;
  return { min_len_1typo: 4 + marked, min_len_2typo: 7 + marked };
};
