import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WatermarkWish } from "#lib/media/plan/wishes.ts";
import { markStillCommand } from "#lib/media/stills/mark-still-command.ts";
import type { RunFfmpeg } from "#worker/ffmpeg.ts";

/** A mark with the bytes of its PNG. */
export type MarkImage = { wish: WatermarkWish; png: Uint8Array };

/** Where stills are marked. */
export type MarkScene = { ffmpeg: RunFfmpeg; scratchDir: string; signal: AbortSignal };

/** Lays a mark over a JPEG in scratch and gives the marked one beside it; the clean one stays. */
export const markStill = async (
  { ffmpeg, scratchDir, signal }: MarkScene,
  input: { path: string; name: string; size: { width: number; height: number }; mark: MarkImage },
): Promise<{ path: string; sizeBytes: number }> => {
  const { path: stillPath, name, size, mark } = input;
  const imagePath = join(scratchDir, "mark-of-still.png");
  await writeFile(imagePath, mark.png);
  const command = markStillCommand({ stillPath, imagePath, size, mark: mark.wish, name });
  await ffmpeg({ command, scratchDir, durationSeconds: 1, signal });
  const path = join(scratchDir, name);
  return { path, sizeBytes: (await stat(path)).size };
};
