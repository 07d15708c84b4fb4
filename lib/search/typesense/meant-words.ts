import { stemWord } from "#lib/search/analysis/stem-word.ts";
import type { Found } from "#lib/search/typesense/ask.ts";
import type { Reading, ReadWord } from "#lib/search/typesense/read-query.ts";
import { wordOf } from "#lib/search/typesense/tokens.ts";
import { typoDistance } from "#lib/search/typos/typo-distance.ts";

/** What a word of the query turned out to mean: folded words of what was found. */
export type MeantWord = ReadWord & { words: string[] };

/** Most words that an unfinished one may mean. */
const maxCompletions = 10;
/** Most typos in a stem, and in a whole word. */
const maxTypos = { stems: 1, words: 2 } as const;

/** Folded words of found videos, those of the first ones first. */
const foundWords = ({ hits }: Found): Set<string> =>
  new Set(
    hits.flatMap(({ document }) =>
      [document.title_words, document.words].flatMap((field) =>
        typeof field === "string" && field !== "" ? field.split(" ").map(wordOf) : [],
      ),
    ),
  );

const completions = (beginning: string, found: ReadonlySet<string>): string[] =>
  [...found].filter((word) => word.startsWith(beginning)).slice(0, maxCompletions);

/** The nearest word that was found, the first one of those; the word itself when one of its forms is among them. */
const nearest = (word: string, found: ReadonlySet<string>, by: "stems" | "words"): string | null => {
  const stem = stemWord(word);
  if ([...found].some((one) => stemWord(one) === stem)) return word;
  const formOf = by === "stems" ? stemWord : (one: string) => one;
  let best: { word: string; typos: number } | null = null;
  for (const one of found) {
    const most: number = (best?.typos ?? maxTypos[by] + 1) - 1;
    const typos = typoDistance(formOf(one), formOf(word), most);
    if (typos <= most) best = { word: one, typos };
  }
  return best?.word ?? null;
};

/** What the words of a reading mean, by what the server found with it. */
export const meantWords = (reading: Reading, found: Found): MeantWord[] => {
  const { words, isOpen, forgives } = reading;
  const inFound = isOpen || forgives !== "nothing" ? foundWords(found) : new Set<string>();
  return words.map((one, at): MeantWord => {
    const itself = one.typed.joined === null ? [one.word] : [one.word, one.typed.joined];
    if (isOpen && at === words.length - 1) {
      const completed = completions(one.word, inFound);
      return { ...one, words: completed.length > 0 ? completed : itself };
    }
    const near = forgives === "nothing" ? one.word : nearest(one.word, inFound, forgives);
    if (near === null || near === one.word) return { ...one, words: itself };
    return { ...one, word: near, words: [near] };
  });
};

/** The query with other words in the place of what was typed; null when none is another. */
export const correctedQuery = (q: string, meant: readonly MeantWord[]): string | null => {
  const changed = meant
    .filter(({ typed, word }) => word !== typed.word && word !== typed.joined)
    .toSorted((a, b) => b.typed.start - a.typed.start);
  if (changed.length === 0) return null;
  return changed.reduce(
    // An unfinished word in the other alphabet is told as what it may become.
    (text, { typed, words, word }) =>
      text.slice(0, typed.start) + (words.includes(word) ? word : (words[0] ?? word)) + text.slice(typed.end),
    q.trimEnd(),
  );
};
