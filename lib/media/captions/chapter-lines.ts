import { type Chapter, chapterTitle, tidyChapters } from "#lib/media/captions/chapter-list.ts";

/** `0:00 Intro`, `[1:02:03] - The end`, `• 02:10 | Middle`: a time at the beginning of a line, then words. */
const pattern =
  /^[\s\p{Pd}*•·▶#]{0,8}[([]?(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)[)\]]?(?![\d:])[\s\p{Pd}:|.)•·]{0,8}(.{1,300})$/u;

const readLine = (line: string): Chapter | null => {
  const match = pattern.exec(line);
  const title = chapterTitle(match?.[4] ?? "");
  if (match === null || title === "") return null;
  const [hours, minutes, seconds] = [match[1] ?? "0", match[2], match[3]].map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (match[1] !== undefined && minutes > 59) return null;
  return { startMs: (hours * 3600 + minutes * 60 + seconds) * 1000, title };
};

/**
 * The chapters that a description lists: at least three lines that begin with a time, the first of them 0:00, each later
 * than the one before and inside the video. Empty when the lines are no such list.
 */
export const chaptersOfDescription = (input: { description: string; durationMs: number | null }): Chapter[] => {
  const found = input.description.split(/\r?\n/).flatMap((line) => readLine(line) ?? []);
  const rising = found.every(({ startMs }, index) => index === 0 || startMs > (found[index - 1]?.startMs ?? 0));
  if (found.length < 3 || found[0]?.startMs !== 0 || !rising) return [];
  const chapters = tidyChapters({ chapters: found, durationMs: input.durationMs });
  return chapters.length < 3 ? [] : chapters;
};
