import type { Quarters } from "#tests/corpus/corpus-case.ts";
import { runTool } from "#tests/media/run-tool.ts";

const named: Record<string, readonly [number, number, number]> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
  black: [0, 0, 0],
  gray: [128, 128, 128],
  yellow: [255, 255, 0],
  cyan: [0, 255, 255],
  magenta: [255, 0, 255],
};

const nearest = (pixel: readonly number[]): string => {
  const distance = (colour: readonly number[]) =>
    colour.reduce((sum, value, index) => sum + (value - (pixel[index] ?? 0)) ** 2, 0);
  return Object.entries(named).toSorted(([, a], [, b]) => distance(a) - distance(b))[0]?.[0] ?? "none";
};

/** Pixels of the shrunken picture on each side; every quarter has four by four of them. */
const side = 8;

/** Names the colours in the middle of a picture's four quarters, in its first frame. */
export const quartersOf = async (path: string): Promise<Quarters> => {
  const filter = `scale=${side}:${side}:flags=area,format=rgb24`;
  const pixels = await runTool("ffmpeg", ["-i", path, "-frames:v", "1", "-vf", filter, "-f", "rawvideo", "-"]);
  // The second pixel of each quarter: edges blur, and a small box moves around the middle of the picture.
  const colour = (column: number, row: number) => {
    const at = ((row * 4 + 1) * side + column * 4 + 1) * 3;
    return nearest([...pixels.subarray(at, at + 3)]);
  };
  return [colour(0, 0), colour(1, 0), colour(0, 1), colour(1, 1)];
};
