import { foldWord } from "#lib/search/analysis/fold-word.ts";
import { remembered } from "#lib/search/analysis/remembered.ts";

/**
 * A word of a text: folded, and where it stands (offsets of UTF-16 units). `joined` is the whole of a word with hyphens of
 * which this is a part ("wifi" of "wi-fi"), else null.
 */
export type TextWord = { word: string; start: number; end: number; joined: string | null };

/** Longest word that is looked at; what is longer is cut. */
const maxWordLength = 40;

const part = String.raw`[\p{L}\p{N}\p{M}]+(?:['’ʼ\x60´][\p{L}\p{M}]+)*`;
const compound = new RegExp(`${part}(?:[-‐‑]${part})*`, "gu");
const hyphen = /[-‐‑]/u;

const firstLetters = (word: string): string =>
  word.length <= maxWordLength ? word : [...word].slice(0, maxWordLength).join("");

const folded = remembered((word: string): string => firstLetters(foldWord(word)));

// What is as long as nobody's word is not remembered: it would fill the memory.
const cut = (word: string): string => (word.length <= 2 * maxWordLength ? folded(word) : firstLetters(foldWord(word)));

const everyWord = (): boolean => true;

/**
 * The words of a text one by one; see `splitWords`. Of words without hyphens only those that `isWorth` lets through as they are
 * written: folding costs more than finding them.
 */
export const eachWord = function* (text: string, isWorth: (raw: string) => boolean = everyWord): Generator<TextWord> {
  for (const match of text.matchAll(compound)) {
    if (!isWorth(match[0]) && !hyphen.test(match[0])) continue;
    const parts = hyphen.test(match[0]) ? match[0].split(hyphen) : [match[0]];
    const joined = parts.length > 1 ? cut(parts.join("")) : null;
    let start = match.index;
    for (const raw of parts) {
      const word = cut(raw);
      if (word !== "") yield { word, start, end: start + raw.length, joined };
      start += raw.length + 1;
    }
  }
};

/**
 * The words of a text, in order: letters and digits, with apostrophes inside; words with hyphens are told part by part.
 */
export const splitWords = (text: string): TextWord[] => [...eachWord(text)];
