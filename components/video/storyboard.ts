/** One picture of a storyboard: a part of a sheet that stands for a stretch of the video. */
export type StoryboardTile = {
  startMs: number;
  endMs: number;
  /** Address of the sheet. */
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
};

const cue =
  /(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3}) --> (?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})\s+(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)/g;

const milliseconds = (parts: readonly (string | undefined)[]): number => {
  const [hours = 0, minutes = 0, seconds = 0, rest = 0] = parts.map((part) => Number(part ?? 0));
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest;
};

/** Reads a storyboard's WebVTT; `url` is its own address, which the sheets' are relative to. */
export const parseStoryboard = (text: string, url: string): StoryboardTile[] => {
  const folder = url.slice(0, url.lastIndexOf("/") + 1);
  return [...text.matchAll(cue)].map((match) => {
    const [x = 0, y = 0, width = 0, height = 0] = match.slice(10, 14).map(Number);
    const [startMs, endMs] = [milliseconds(match.slice(1, 5)), milliseconds(match.slice(5, 9))];
    return { startMs, endMs, url: `${folder}${match[9] ?? ""}`, x, y, width, height };
  });
};

/** The tile of a moment, or null. */
export const tileAt = (tiles: readonly StoryboardTile[], atMs: number): StoryboardTile | null =>
  tiles.findLast(({ startMs }) => startMs <= atMs) ?? null;
