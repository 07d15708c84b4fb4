import { clock } from "#components/video/duration.ts";

/** A chapter as it is typed. */
export type ChapterDraft = { key: number; time: string; title: string };

/** What is wrong with a row, as keys of its words. */
export type ChapterFault = { time?: "badTime" | "twice" | "outside"; title?: "noName" };

/** A start as people write it: `1:05`, with tenths and more only when there are any. */
export const chapterClock = (startMs: number): string => {
  const rest = startMs % 1000;
  return rest === 0 ? clock(startMs) : `${clock(startMs)}.${String(rest).padStart(3, "0").replace(/0+$/, "")}`;
};

/** Reads `65`, `1:05`, `1:01:05.5`; null for what is no time. */
export const readChapterTime = (text: string): number | null => {
  const match = /^\s*(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (match === null) return null;
  const [, hours, minutes, seconds, fraction = "0"] = match;
  if (minutes !== undefined && Number(seconds) > 59) return null;
  if (hours !== undefined && Number(minutes) > 59) return null;
  const whole = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return whole * 1000 + Math.round(Number(`0.${fraction}`) * 1000);
};

/** A typed time moved by whole seconds, never before the start or past the end; what is no time stays as it is. */
export const movedTime = (input: { time: string; bySeconds: number; durationMs: number | null }): string => {
  const startMs = readChapterTime(input.time);
  if (startMs === null) return input.time;
  const lastMs = input.durationMs === null ? Number.POSITIVE_INFINITY : Math.max(0, input.durationMs - 1);
  return chapterClock(Math.min(lastMs, Math.max(0, startMs + input.bySeconds * 1000)));
};

/**
 * Where a new chapter may begin: where the player stands, or, when a chapter begins there already, between the last one
 * and the end: ten seconds on, or half of what is left of a short video. With no room left the player's time stays.
 */
export const freeStartMs = (input: {
  rows: readonly Pick<ChapterDraft, "time">[];
  playerMs: number;
  durationMs: number | null;
}): number => {
  const { rows, durationMs } = input;
  const taken = rows.flatMap(({ time }) => readChapterTime(time) ?? []);
  const wholeMs = (ms: number) => Math.floor(ms / 1000) * 1000;
  const wished = wholeMs(input.playerMs);
  if (!taken.includes(wished)) return wished;
  const lastMs = Math.max(...taken);
  const left = durationMs === null ? Number.POSITIVE_INFINITY : durationMs - lastMs;
  const next = wholeMs(lastMs + (left > 20_000 ? 10_000 : left / 2));
  // Of the last second only parts are left.
  return next > lastMs ? next : left > 2 ? lastMs + Math.floor(left / 2) : wished;
};

/** What is wrong with each row, by its key; empty when all can be saved. */
export const chapterFaults = (input: {
  rows: readonly ChapterDraft[];
  durationMs: number | null;
}): Map<number, ChapterFault> => {
  const faults = new Map<number, ChapterFault>();
  const starts = new Set<number>();
  for (const { key, time, title } of input.rows) {
    const startMs = readChapterTime(time);
    const outside = startMs !== null && input.durationMs !== null && startMs >= input.durationMs;
    const twice = startMs !== null && starts.has(startMs);
    const timeFault = startMs === null ? "badTime" : outside ? "outside" : twice ? "twice" : undefined;
    if (startMs !== null) starts.add(startMs);
    const nameless = title.trim() === "";
    if (timeFault === undefined && !nameless) continue;
    faults.set(key, {
      ...(timeFault === undefined ? {} : { time: timeFault }),
      ...(nameless ? { title: "noName" } : {}),
    });
  }
  return faults;
};
