import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { drawWatermark } from "#lib/watermarks/draw-watermark.ts";
import { type DrawingScene, drawMark } from "#worker/draw-mark.ts";
import { task } from "#worker/tasks/task.ts";

/** Makes the image of a mark in a scratch folder of its own. */
export const drawWatermarkTask = ({
  store,
  ffmpeg,
  scratchRoot,
}: Pick<DrawingScene, "store" | "ffmpeg"> & { scratchRoot: string }) =>
  task("watermarks/draw", async ({ watermarkId, drawingId }, { signal }) => {
    const scratchDir = join(scratchRoot, `mark-${drawingId}`);
    try {
      // What a killed worker left of the same drawing.
      await rm(scratchDir, { recursive: true, force: true });
      await mkdir(scratchDir, { recursive: true });
      await drawWatermark({
        watermarkId,
        drawingId,
        draw: (order) => drawMark({ store, ffmpeg, scratchDir, signal }, order),
      });
    } finally {
      await rm(scratchDir, { recursive: true, force: true });
    }
  });
