import type { ParsedCues, RawCue } from "#lib/media/captions/caption-cue.ts";
import { readTiming } from "#lib/media/captions/caption-time.ts";

const time = String.raw`(\d{1,4}):(\d{1,2}):(\d{1,2})(?:[,.:](\d{1,3}))?`;
/** Lenient, because these files are made by many programs and hands: dots for commas, one digit, places behind. */
const timing = new RegExp(`^[ \\t]*${time}[ \\t]*-{1,3}>[ \\t]*${time}(?:[ \\t].*)?$`);

const isTiming = (line: string) => /^\s*\d[\d:,. \t]*-{1,3}>/.test(line);

/** The words between two timing lines, without the next caption's number. */
const wordsOf = (lines: readonly string[], isLast: boolean): string => {
  const end = lines.findLastIndex((line) => line.trim() !== "");
  // The number stands right above the next times, and apart from the words above it.
  const above = !isLast && end >= 0 && end === lines.length - 1;
  const apart = end === 0 || (lines[end - 1] ?? "").trim() === "";
  const numbered = above && apart && /^\s*\d{1,9}\s*$/.test(lines[end] ?? "");
  return lines.slice(0, numbered ? end : end + 1).join("\n");
};

/** Reads SRT (SubRip). Line ends must be `\n`. */
export const parseSrt = (text: string): ParsedCues => {
  const lines = text.split("\n");
  const marks = lines.flatMap((line, index) => (isTiming(line) ? [index] : []));
  const faults: number[] = [];
  const cues = marks.flatMap((mark, position): RawCue[] => {
    const times = readTiming(timing, lines[mark] ?? "");
    if (times === null) {
      faults.push(mark + 1);
      return [];
    }
    const next = marks[position + 1];
    return [{ ...times, raw: wordsOf(lines.slice(mark + 1, next), next === undefined) }];
  });
  return { cues, faultyLines: faults.length, firstFaulty: faults[0] ?? null };
};
