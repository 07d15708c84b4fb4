import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { log } from "#lib/log.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import { imageFormatOf } from "#lib/media/stills/image-command.ts";
import {
  drawingNames,
  markImageCommand,
  textMarkCommand,
  textMaskCommand,
} from "#lib/media/watermark/watermark-command.ts";
import { pngSize } from "#lib/media/watermark/watermark-image.ts";
import { inkBox, textCanvas, textScript } from "#lib/media/watermark/watermark-text.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { Drawing, DrawingOrder } from "#lib/watermarks/draw-watermark.ts";
import type { DrawingFailure } from "#lib/watermarks/drawing-failures.ts";
import type { RunFfmpeg } from "#worker/ffmpeg.ts";
import { sourcePath } from "#worker/supervision/source-path.ts";

/** What draws a mark, and the folder it draws in. */
export type DrawingScene = { store: ObjectStore; ffmpeg: RunFfmpeg; scratchDir: string; signal: AbortSignal };

// The font's files by alphabet; the renderer takes each letter from the one that has it.
const fontFiles = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"].map((part) =>
  fileURLToPath(import.meta.resolve(`@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`)),
);

const run = ({ ffmpeg, scratchDir, signal }: DrawingScene, command: Parameters<RunFfmpeg>[0]["command"]) =>
  ffmpeg({ command, scratchDir, durationSeconds: 10, signal });

const drawn = async ({ scratchDir }: DrawingScene): Promise<Drawing> => {
  const image = await readFile(join(scratchDir, drawingNames.mark));
  const size = pngSize(image);
  return size === null ? { failure: "image_not_drawn" } : { image, ...size };
};

const drawText = async (scene: DrawingScene, text: string): Promise<Drawing> => {
  const { scratchDir } = scene;
  const fonts = join(scratchDir, drawingNames.fonts);
  await mkdir(fonts);
  await Promise.all(fontFiles.map((path) => copyFile(path, join(fonts, basename(path)))));
  await writeFile(join(scratchDir, drawingNames.script), textScript(text));
  await run(scene, textMaskCommand());
  const ink = inkBox(await readFile(join(scratchDir, drawingNames.pixels)), textCanvas);
  if (ink === null) return { failure: "image_empty" };
  await run(scene, textMarkCommand(ink));
  return drawn(scene);
};

const drawImage = async (scene: DrawingScene, sentKey: string): Promise<Drawing> => {
  const { store, scratchDir, signal } = scene;
  const path = await sourcePath({ store, key: sentKey, scratchDir, signal });
  const format = imageFormatOf(await readFile(path));
  if (format === null || format === "jpeg") return { failure: "image_unreadable" };
  await run(scene, markImageCommand({ path, format }));
  return drawn(scene);
};

/**
 * Makes the image of a mark in the confined runner: a text drawn with the bundled font, or a sent image re-encoded. Throws
 * for faults of the machine; those of the file are told.
 */
export const drawMark = async (scene: DrawingScene, order: DrawingOrder): Promise<Drawing> => {
  try {
    return await ("text" in order ? drawText(scene, order.text) : drawImage(scene, order.sentKey));
  } catch (error) {
    // Faults of the file end here; those of the machine are tried again by the queue.
    if (!(error instanceof MediaFailure)) throw error;
    const failure: DrawingFailure = "text" in order ? "image_not_drawn" : "image_unreadable";
    log().info({ "event.action": "watermark.refused", failure, detail: error.detail?.slice(-500) }, "a mark failed");
    return { failure };
  }
};
