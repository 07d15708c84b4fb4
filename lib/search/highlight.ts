import { eachWord, type TextWord } from "#lib/search/analysis/split-words.ts";
import { initialsOf, stemWord } from "#lib/search/analysis/stem-word.ts";

/** Where something stands in a text: offsets of UTF-16 units, `end` after the last. */
export type TextRange = { start: number; end: number };

/** A text, or a piece of one, with what is to be marked in it. Plain text: whoever shows it escapes it. */
export type Highlight = { text: string; ranges: TextRange[] };

const fits = ({ word, joined }: TextWord, stems: ReadonlySet<string>): boolean =>
  stems.has(stemWord(word)) || (joined !== null && stems.has(stemWord(joined)));

/** Letters that folding leaves alone but for their case; others may become any letter. */
const plainInitial = /^[a-z0-9абвгдежзийклмнопрстуфхцчшщьюяєії]$/i;
/** What follows a letter that it belongs to (a stress, the second half of a decomposed "й"). */
const combining = /^.\p{M}/u;

/** Whether a word as it is written may be one of the stems by its first letter, which rules most words out at once. */
const mayFit = (stems: ReadonlySet<string>): ((raw: string) => boolean) => {
  const letters = [...stems].map(initialsOf);
  if (letters.includes(null)) return () => true;
  const initials = new Set(letters.flatMap((some) => [...(some ?? "")]));
  const worth = new Map<string, boolean>();
  return (raw) => {
    if (combining.test(raw)) return true;
    const first = raw.charAt(0);
    const known = worth.get(first);
    if (known !== undefined) return known;
    const may = !plainInitial.test(first) || initials.has(first.toLowerCase());
    worth.set(first, may);
    return may;
  };
};

type RangesOf = (text: string, within?: number) => TextRange[];

const makeRangesOf = (words: readonly string[]): RangesOf => {
  const stems = new Set(words.map(stemWord));
  if (stems.size === 0) return () => [];
  const may = mayFit(stems);
  return (text, within = Number.POSITIVE_INFINITY) => {
    const ranges: TextRange[] = [];
    for (const one of eachWord(text, may)) {
      const { start, end } = one;
      if (start > (ranges[0]?.start ?? start) + within) break;
      if (fits(one, stems)) ranges.push({ start, end });
    }
    return ranges;
  };
};

/** Longest piece of a text that is shown, and how much of it may stand before the first mark. */
const maxPiece = 200;
const maxBefore = 60;

const isSpace = (sign: string | undefined) => sign === undefined || /\s/.test(sign);

/** The next place from `at` on where a word ends or begins; `at` when there is none within twenty signs. */
const wordBorder = (text: string, at: number): number => {
  for (let step = 0; step < 20; step += 1) if (isSpace(text[at + step])) return at + step;
  return at;
};

/** A piece of a long text around its first mark, with an ellipsis where it was cut; null when there is no mark. */
const pieceOf = (text: string, ranges: readonly TextRange[]): Highlight | null => {
  const first = ranges[0];
  if (first === undefined) return null;
  const from = first.start <= maxBefore ? 0 : Math.min(first.start, wordBorder(text, first.start - maxBefore));
  const to = from + maxPiece >= text.length ? text.length : Math.max(first.end, wordBorder(text, from + maxPiece - 20));
  const raw = text.slice(from, to);
  const lead = raw.length - raw.trimStart().length;
  const before = from > 0 ? "…" : "";
  const shift = before.length - from - lead;
  return {
    text: `${before}${raw.trim()}${to < text.length ? "…" : ""}`,
    ranges: ranges
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  };
};

/** Finds what a query asked for in texts. */
export type Marker = {
  /** Where forms of the words stand in a text. */
  ranges: (text: string) => TextRange[];
  /** A whole text with its marks; null when there are none. */
  whole: (text: string) => Highlight | null;
  /** A piece of a long text around its first mark, with an ellipsis where it was cut; null when there is no mark. */
  piece: (text: string) => Highlight | null;
};

/** A marker of forms of the (folded) words, for as many texts as a page has. */
export const makeMarker = (words: readonly string[]): Marker => {
  const rangesOf = makeRangesOf(words);
  return {
    ranges: (text) => rangesOf(text),
    whole: (text) => {
      const ranges = rangesOf(text);
      return ranges.length === 0 ? null : { text, ranges };
    },
    // Marks further behind the first one than a piece is long cannot be in it.
    piece: (text) => pieceOf(text, rangesOf(text, maxPiece)),
  };
};
