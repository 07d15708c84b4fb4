import { type Chapter, chapterTitle, tidyChapters } from "#lib/media/captions/chapter-list.ts";

const time = String.raw`[([]?(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)[)\]]?`;
const marks = String.raw`[\s\p{Pd}:|.)•·]{0,8}`;

/** `0:00 Intro`, `[1:02:03] - The end`, `• 02:10 | Middle`: a time at the beginning of a line, then words. */
const leading = new RegExp(String.raw`^[\s\p{Pd}*•·▶#]{0,8}${time}(?![\d:])${marks}(.{1,300})$`, "u");
/** `Intro 0:00`, `The end (1:02:03)`: words, then a time at the end of the line. */
const trailing = new RegExp(String.raw`^(.{1,300}?)[\s\p{Pd}|•·]{1,8}${time}\s{0,8}$`, "u");

type Parts = { hours: string | undefined; minutes: string; seconds: string; words: string };

const chapterOf = ({ hours, minutes, seconds, words }: Parts): Chapter | null => {
  const title = chapterTitle(words);
  if (title === "" || (hours !== undefined && Number(minutes) > 59)) return null;
  return { startMs: (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000, title };
};

const readLeading = (line: string): Chapter | null => {
  const [, hours, minutes = "0", seconds = "0", words = ""] = leading.exec(line) ?? [];
  return chapterOf({ hours, minutes, seconds, words });
};

const readTrailing = (line: string): Chapter | null => {
  // Told by the last sign of nearly all lines, far quicker than by the pattern.
  if (!"0123456789)]".includes(line.trimEnd().at(-1) ?? " ")) return null;
  const [, words = "", hours, minutes = "0", seconds = "0"] = trailing.exec(line) ?? [];
  return chapterOf({ hours, minutes, seconds, words: words.replace(/^[\s\p{Pd}*•·▶#]{1,8}/u, "") });
};

/** The chapters when these make a list: three or more, from 0:00 on, rising, inside the video. Else none. */
const listOf = (found: readonly Chapter[], durationMs: number | null): Chapter[] => {
  const rising = found.every(({ startMs }, index) => index === 0 || startMs > (found[index - 1]?.startMs ?? 0));
  if (found.length < 3 || found[0]?.startMs !== 0 || !rising) return [];
  const chapters = tidyChapters({ chapters: found, durationMs });
  return chapters.length < 3 ? [] : chapters;
};

/**
 * The chapters that a description lists: at least three lines that begin with a time, the first of them 0:00, each later
 * than the one before and inside the video; or else as many lines that end with one. Empty when the lines are no such list:
 * a few moments that somebody names are not chapters.
 */
export const chaptersOfDescription = (input: { description: string; durationMs: number | null }): Chapter[] => {
  // Every way to write the first time holds this; lists of videos ask for each of theirs.
  if (!input.description.includes("0:00")) return [];
  const lines = input.description.split(/\r?\n/);
  const begun = listOf(
    lines.flatMap((line) => readLeading(line) ?? []),
    input.durationMs,
  );
  if (begun.length > 0) return begun;
  return listOf(
    lines.flatMap((line) => readTrailing(line) ?? []),
    input.durationMs,
  );
};
