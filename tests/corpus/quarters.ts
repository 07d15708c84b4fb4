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

/** Names the colours in the middle of a picture's four quarters, in its first frame. */
export const quartersOf = async (path: string): Promise<Quarters> => {
  // The middle of each quarter: edges blur, and a small box moves around the middle of the picture.
  const middles = [0, 1].flatMap((row) => [0, 1].map((column) => ({ row, column })));
  const colours: string[] = [];
  for (const { row, column } of middles) {
    const crop = `crop=iw/4:ih/4:iw*${column === 0 ? "1/8" : "5/8"}:ih*${row === 0 ? "1/8" : "5/8"}`;
    const filter = `${crop},scale=1:1:flags=area,format=rgb24`;
    const pixel = await runTool("ffmpeg", ["-i", path, "-frames:v", "1", "-vf", filter, "-f", "rawvideo", "-"]);
    colours.push(nearest([...pixel.subarray(0, 3)]));
  }
  const [a = "", b = "", c = "", d = ""] = colours;
  return [a, b, c, d];
};
