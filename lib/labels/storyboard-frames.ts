/** A tile of a stored sheet of stills: which sheet, and where on it, in pixels. */
export type StoryboardTile = { sheet: string; x: number; y: number; width: number; height: number };

const tileLine = /^(storyboard-\d+\.jpg)#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;

/** The tiles that a storyboard's WebVTT names, in the order of the video. */
export const readTiles = (vtt: string): StoryboardTile[] =>
  [...vtt.matchAll(tileLine)].map(([, sheet = "", x, y, width, height]) => ({
    sheet,
    ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
  }));

/**
 * At most `most` tiles, evenly over the video, in an order in which every beginning of the list is spread over all of it: a look
 * that is cut short has still seen end and middle.
 */
export const pickTiles = ({ tiles, most }: { tiles: readonly StoryboardTile[]; most: number }): StoryboardTile[] => {
  const count = Math.min(most, tiles.length);
  // The middle of each of `count` equal stretches.
  const chosen = Array.from({ length: count }, (_, index) => Math.floor(((index + 0.5) * tiles.length) / count));
  const strides = [8, 4, 2, 1];
  const order = new Set(strides.flatMap((stride) => chosen.filter((_, index) => index % stride === 0)));
  return [...order].flatMap((index) => tiles[index] ?? []);
};
