/** Where a part of a video begins, in milliseconds from its start, and what it is called. */
export type Chapter = { startMs: number; title: string };

/** Most chapters of a video. */
export const maxChapters = 200;
/** Longest title of a chapter, in characters. */
export const maxChapterTitle = 100;

const oddSigns = /[\p{Cc}\p{Zl}\p{Zp}\ufeff]| {2}/u;

const mended = (title: string): string =>
  [
    ...title
      .toWellFormed()
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, " ")
      .replace(/ {2,}/g, " ")
      .trim(),
  ]
    .slice(0, maxChapterTitle)
    .join("")
    .trim();

/** A title in one line, without control characters; may be empty. */
export const chapterTitle = (title: string): string => {
  const text = title.trim();
  // Lists of videos read hundreds of titles, nearly all of them plain.
  return text.length <= maxChapterTitle && text.isWellFormed() && !oddSigns.test(text) ? text : mended(title);
};

/**
 * Chapters as they are stored: in order, each start once, inside the video when its length is known, nameless ones called
 * by their number, at most `maxChapters`. None when fewer than two are left: one chapter is the video itself.
 */
export const tidyChapters = (input: { chapters: readonly Chapter[]; durationMs: number | null }): Chapter[] => {
  const { chapters, durationMs } = input;
  const inside = chapters
    .map(({ startMs, title }) => ({ startMs: Math.max(0, Math.round(startMs)), title: chapterTitle(title) }))
    .filter(({ startMs }) => Number.isSafeInteger(startMs) && startMs < (durationMs ?? 2 ** 31))
    .sort((a, b) => a.startMs - b.startMs);
  const kept = inside
    .filter(({ startMs }, index) => index === 0 || startMs !== inside[index - 1]?.startMs)
    .slice(0, maxChapters)
    .map(({ startMs, title }, index) => ({ startMs, title: title === "" ? String(index + 1) : title }));
  return kept.length < 2 ? [] : kept;
};
