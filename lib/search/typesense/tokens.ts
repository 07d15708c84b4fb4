import { splitWords } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";

// The server cuts texts and measures typos byte by byte, and folds letters by rules of its own. It is given words that leave it
// nothing to decide: Cyrillic letters each as one ASCII sign, so that one mistyped letter is one mistyped byte.

/** Every folded Cyrillic letter of Ukrainian, and those of its neighbours, in the order of `signs`. */
const letters = "абвгдеєжзиіїйклмнопрстуфхцчшщьюяыэъ";
const signs = "abvhdeq7zyij4klmnoprstufxc123w9g8560";

const signOf = new Map([...letters].map((letter, at) => [letter, signs[at] ?? ""]));
const letterOf = new Map([...letters].map((letter, at) => [signs[at] ?? "", letter]));

/** What a written-out Cyrillic word begins with; no word and hardly a number does. */
const mark = "0";

const isCyrillic = (word: string): boolean => word !== "" && [...word].every((letter) => signOf.has(letter));

/** A folded word as the server is given it. */
export const tokenOf = (word: string): string =>
  isCyrillic(word) ? `${mark}${[...word].map((letter) => signOf.get(letter)).join("")}` : word;

/** The folded word that a token stands for. */
export const wordOf = (token: string): string => {
  const rest = token.slice(mark.length);
  const isOurs = token.startsWith(mark) && rest !== "" && !/^\d+$/.test(rest);
  return isOurs && [...rest].every((sign) => letterOf.has(sign))
    ? [...rest].map((sign) => letterOf.get(sign)).join("")
    : token;
};

/** Tokens of a text's stems and of its folded words, each once, in the order of the text. */
export type TextTokens = { stems: string[]; words: string[] };

/** See `TextTokens`; words with hyphens are among them as a whole and part by part. */
export const tokensOfText = (text: string): TextTokens => {
  const words = new Set(splitWords(text).flatMap(({ word, joined }) => (joined === null ? [word] : [word, joined])));
  const stems = new Set([...words].map(stemWord));
  return { stems: [...stems].map(tokenOf), words: [...words].map(tokenOf) };
};
