import type { TranscriptLine } from "#components/video/transcript-line.ts";

/** A place in a transcript that was looked for: offsets of UTF-16 units in the line's text, `end` after the last. */
export type TranscriptHit = { line: number; start: number; end: number };

/** Apostrophes are typed in several ways; line feeds and spaces part words alike. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/[’ʼ‘`´]/g, "'"],
  [/\s/g, " "],
];

const folded = (char: string): string => alike.reduce((text, [from, to]) => text.replace(from, to), char.toLowerCase());

/** The text as it is compared, and of each of its units the place in the text as it is shown. */
const fold = (text: string): { text: string; places: number[] } => {
  const places: number[] = [];
  let out = "";
  let at = 0;
  // Small letters may be longer than capitals (İ), so that offsets cannot be taken over.
  for (const char of text) {
    const small = folded(char);
    for (let unit = 0; unit < small.length; unit++) places.push(at);
    out += small;
    at += char.length;
  }
  places.push(at);
  return { text: out, places };
};

const hitsOf = ({ text }: TranscriptLine, { line, wanted }: { line: number; wanted: string }): TranscriptHit[] => {
  const { text: within, places } = fold(text);
  const hits: TranscriptHit[] = [];
  for (let from = within.indexOf(wanted); from !== -1; from = within.indexOf(wanted, from + wanted.length)) {
    hits.push({ line, start: places[from] ?? 0, end: places[from + wanted.length] ?? text.length });
  }
  return hits;
};

/** Every place of the words in the lines, in order, whatever the case; none for nothing. */
export const findHits = (lines: readonly TranscriptLine[], query: string): TranscriptHit[] => {
  const wanted = fold(query.trim().replace(/\s+/g, " ")).text;
  return wanted === "" ? [] : lines.flatMap((found, line) => hitsOf(found, { line, wanted }));
};

/** The first hit at or after a line; the first of all when there is none. -1 without hits. */
export const hitFrom = (hits: readonly TranscriptHit[], line: number): number =>
  hits.length === 0
    ? -1
    : Math.max(
        0,
        hits.findIndex((hit) => hit.line >= line),
      );

/** The hit after or before one, round and round. -1 without hits. */
export const stepHit = ({ count, current, step }: { count: number; current: number; step: 1 | -1 }): number =>
  count === 0 ? -1 : (current + step + count) % count;
