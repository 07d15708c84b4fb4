import type { RenditionPart } from "#lib/media/playlists/rendition-parts.ts";

/** Tiles of a sheet, across and down. */
export const sheetColumns = 5;
/** See `sheetColumns`. */
export const sheetRows = 5;

/** Most tiles of a video: eight sheets, one tile for every 36 s of a film of two hours. */
export const mostTiles = 200;

/** A picture of the storyboard: the key frame of a segment, shown from its time until the next one's. */
export type Tile = { segment: number; startSeconds: number; endSeconds: number };

/** A rendition's segments in order, times in seconds. */
export const segmentTimes = (parts: readonly RenditionPart[]): Tile[] =>
  parts
    .toSorted((a, b) => a.firstSegment - b.firstSegment)
    .flatMap(({ firstSegment, segments, timescale }) =>
      segments.map(({ start, duration }, index) => ({
        segment: firstSegment + index,
        startSeconds: start / timescale,
        endSeconds: (start + duration) / timescale,
      })),
    );

/** Which segments give a tile: every one of a short video, evenly chosen ones of a long one. */
export const storyboardTiles = (parts: readonly RenditionPart[]): Tile[] => {
  const segments = segmentTimes(parts);
  const every = Math.max(1, Math.ceil(segments.length / mostTiles));
  const chosen = segments.filter((_, index) => index % every === 0);
  return chosen.map((tile, index) => ({
    ...tile,
    // The first one also stands for what lies before it.
    startSeconds: index === 0 ? 0 : tile.startSeconds,
    endSeconds: chosen[index + 1]?.startSeconds ?? segments.at(-1)?.endSeconds ?? tile.endSeconds,
  }));
};

const tilePixels = 192 * 108;

/** Size of a tile: the video's shape, about as many pixels as 192 x 108, even sides. */
export const tileSize = (picture: { width: number; height: number }): { width: number; height: number } => {
  const shape = picture.width / picture.height;
  const side = (value: number) => Math.max(16, Math.round(value / 2) * 2);
  const longest = 384;
  return {
    width: Math.min(longest, side(Math.sqrt(tilePixels * shape))),
    height: Math.min(longest, side(Math.sqrt(tilePixels / shape))),
  };
};

const clock = (seconds: number): string => {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  const rest = String(milliseconds % 1000).padStart(3, "0");
  const whole = Math.floor(milliseconds / 1000);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${rest}`;
};

/** The WebVTT that says which tile belongs to which time; addresses are relative to it. */
export const storyboardVtt = (input: {
  tiles: readonly Tile[];
  size: { width: number; height: number };
  sheetName: (index: number) => string;
}): string => {
  const { tiles, size, sheetName } = input;
  const perSheet = sheetColumns * sheetRows;
  const cues = tiles.map(({ startSeconds, endSeconds }, index) => {
    const place = index % perSheet;
    const x = (place % sheetColumns) * size.width;
    const y = Math.floor(place / sheetColumns) * size.height;
    const address = `${sheetName(Math.floor(index / perSheet))}#xywh=${x},${y},${size.width},${size.height}`;
    return `${clock(startSeconds)} --> ${clock(endSeconds)}\n${address}\n`;
  });
  return ["WEBVTT\n", ...cues].join("\n");
};
