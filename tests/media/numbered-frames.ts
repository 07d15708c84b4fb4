import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readInit } from "#lib/media/fragment/fmp4.ts";
import { readFragment } from "#lib/media/fragment/fragment-packets.ts";
import { joinedFile } from "#tests/media/read-run.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

const bits = 12;

/** Input of a clip whose every frame shows its own number as black and white columns, which survive any encoder. */
export const numberedFrames = (input: { rate: string; seconds: number }): string[] =>
  lavfi(
    `color=c=gray:s=${bits * 32}x216:r=${input.rate}:d=${input.seconds},format=yuv420p,` +
      `geq=lum='if(mod(floor(N/pow(2,floor(X/32))),2),235,16)':cb=128:cr=128`,
  );

/** Numbers shown by the frames of a file, in the order of showing, each frame once. */
export const shownNumbers = async (path: string): Promise<number[]> => {
  const filters = `scale=${bits}:1:flags=area,format=gray`;
  const out = ["-fps_mode", "passthrough", "-f", "rawvideo", "-"];
  const pixels = await runTool("ffmpeg", ["-i", path, "-an", "-vf", filters, ...out]);
  return Array.from({ length: pixels.byteLength / bits }, (_, frame) =>
    [...pixels.subarray(frame * bits, (frame + 1) * bits)].reduce(
      (sum, light, bit) => sum + (light > 128 ? 2 ** bit : 0),
      0,
    ),
  );
};

/** A frame as viewers get it: the number it shows, and when. */
export type ShownFrame = { seconds: number; number: number };

/** Times of all frames of a stored rendition as its segments say, in order, in seconds; and each segment's own. */
export const storedTimes = async (runDir: string, rendition: string): Promise<number[][]> => {
  const folder = join(runDir, rendition);
  const { timescale } = readInit(await readFile(join(folder, "init.mp4")));
  const names = (await readdir(folder)).filter((name) => name.endsWith(".m4s")).toSorted();
  const fragments = await Promise.all(names.map(async (name) => readFragment(await readFile(join(folder, name)))));
  return fragments.map(({ times }) => times.toSorted((a, b) => a - b).map((ticks) => ticks / timescale));
};

/** Every frame of a stored rendition with its time. */
export const shownFrames = async (runDir: string, rendition: string): Promise<ShownFrame[]> => {
  const times = (await storedTimes(runDir, rendition)).flat();
  const numbers = await shownNumbers(await joinedFile(runDir, rendition));
  if (numbers.length !== times.length) throw new Error(`${times.length} frames are stored, ${numbers.length} decoded`);
  return times.map((seconds, index) => ({ seconds, number: numbers[index] ?? -1 }));
};

/** Presentation times of a file's first video stream as ffprobe sees them, from the file's start, in order. */
export const sourceTimes = async (path: string): Promise<number[]> => {
  const show = ["-of", "csv=p=0", path];
  const start = Number((await runTool("ffprobe", ["-show_entries", "format=start_time", ...show])).toString());
  const packets = await runTool("ffprobe", ["-select_streams", "v:0", "-show_entries", "packet=pts_time", ...show]);
  return packets
    .toString()
    .split("\n")
    .map((line) => line.replace(/,.*/, ""))
    .filter((line) => line !== "")
    .map((line) => Number(line) - start)
    .toSorted((a, b) => a - b);
};
