import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CorpusCase } from "#tests/corpus/corpus-case.ts";
import { flashAndBeep } from "#tests/media/flash-and-beep.ts";
import { lavfi, runTool } from "#tests/media/run-tool.ts";

type Make = CorpusCase["make"];

/** The drawn picture and the sound beside it. */
export type ClipInput = { size?: string; rate?: string; seconds?: number; format?: string };

const quarter = (x: string, y: string, colour: string) => `drawbox=x=${x}:y=${y}:w=iw/2:h=ih/2:c=${colour}:t=fill`;

/** Four quarters (red, green, blue, white) with a small box that moves around the middle, so that frames differ. */
export const picture = ({ size = "320x180", rate = "25", seconds = 2, format = "yuv420p" }: ClipInput = {}): string[] =>
  lavfi(
    [
      `color=c=red:s=${size}:r=${rate}:d=${seconds},format=rgb24`,
      quarter("iw/2", "0", "0x00FF00"),
      quarter("0", "ih/2", "blue"),
      quarter("iw/2", "ih/2", "white"),
      "drawbox=x=iw/2+iw/16*sin(6*t):y=ih/2+ih/16*cos(6*t):w=iw/20:h=iw/20:c=black:t=fill",
      `format=${format}`,
    ].join(","),
  );

/** A tone, as long as asked for. */
export const tone = (seconds = 2, rate = 48_000): string[] =>
  lavfi(`sine=frequency=440:sample_rate=${rate}:duration=${seconds}`);

/** The cheapest H.264. */
export const h264: readonly string[] = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p"];

/** One ffmpeg call. */
export const encoded =
  (...args: readonly (readonly string[])[]): Make =>
  async ({ path }) => {
    await runTool("ffmpeg", [...args.flat(), path]);
  };

/** The usual clip with picture and sound, coded as said. */
export const clip = (...args: readonly (readonly string[])[]): Make => encoded(picture(), tone(), ...args);

/** A clip that flashes and beeps at every full second, for files whose times are odd. */
export const flashing = (...args: readonly (readonly string[])[]): Make =>
  encoded(flashAndBeep({ size: "320x180", rate: "25", seconds: 4 }), ...args);

/** Makes a file and changes its bytes. */
export const patched =
  (input: { from: Make; change: (bytes: Buffer) => Buffer; as?: string }): Make =>
  async ({ path, folder }) => {
    const raw = join(folder, `raw-${input.as ?? path.slice(path.lastIndexOf("/") + 1)}`);
    await input.from({ path: raw, folder });
    await writeFile(path, input.change(await readFile(raw)));
  };

/** Makes a file and gives it to a second ffmpeg call, with options before and behind the input. */
export const remade =
  (input: { from: Make; as: string; before?: readonly string[]; after: readonly string[] }): Make =>
  async ({ path, folder }) => {
    const raw = join(folder, `raw-${path.slice(path.lastIndexOf("/") + 1)}-${input.as}`);
    await input.from({ path: raw, folder });
    await runTool("ffmpeg", [...(input.before ?? []), "-i", raw, ...input.after, path]);
  };

/** A file of these bytes. */
export const written =
  (bytes: string | Uint8Array): Make =>
  async ({ path }) => {
    await writeFile(path, bytes);
  };
