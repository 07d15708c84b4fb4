import { db, transaction } from "#lib/db/client.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { endDrawing, findWatermark } from "#lib/db/queries/videos/watermarks.ts";
import { type WatermarkDesign, watermarkDesignSchema } from "#lib/media/plan/wishes.ts";
import { objectStore } from "#lib/storage/index.ts";
import { watermarkImageKey } from "#lib/storage/keys.ts";
import { enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";
import type { DrawingFailure } from "#lib/watermarks/drawing-failures.ts";

/** What is to be drawn: a text, or the object that was sent. */
export type DrawingOrder = { text: string } | { sentKey: string };

/** What became of it. */
export type Drawing = { image: Uint8Array; width: number; height: number } | { failure: DrawingFailure };

const orderOf = (design: WatermarkDesign, sentKey: string | null): DrawingOrder | null => {
  if (design.text !== null) return { text: design.text };
  return sentKey === null ? null : { sentKey };
};

/**
 * Has a mark's image made by `draw` and stores it under a key of its own, unless another drawing has begun meanwhile. What
 * was sent is removed. `draw` throws for faults of the machine, which the queue tries again.
 */
export const drawWatermark = async (input: {
  watermarkId: string;
  drawingId: string;
  draw: (order: DrawingOrder) => Promise<Drawing>;
}): Promise<void> => {
  const { watermarkId, drawingId, draw } = input;
  const mark = await findWatermark(db(), { watermarkId });
  if (mark === null || mark.deletedAt !== null || mark.state !== "drawing" || mark.drawingId !== drawingId) return;
  const order = orderOf(watermarkDesignSchema.parse(mark.design), mark.sentKey);
  const drawing: Drawing = order === null ? { failure: "image_empty" } : await draw(order);
  const imageKey = watermarkImageKey({ watermarkId, drawingId });
  if ("image" in drawing) await objectStore().put({ key: imageKey, body: drawing.image });
  const { channelId } = mark;
  await transaction(async (tx) => {
    if ("image" in drawing) {
      const stored = { key: imageKey, sizeBytes: drawing.image.byteLength, contentType: "image/png" };
      await insertAssets(tx, [{ channelId, kind: "watermark", ...stored }]);
    }
    await endDrawing(tx, {
      watermarkId,
      drawingId,
      outcome:
        "image" in drawing
          ? { state: "ready", imageKey, imageWidth: drawing.width, imageHeight: drawing.height }
          : { state: "failed", failureCode: drawing.failure },
    });
    // Takes what was sent, the image before, and this one when it came too late.
    await enqueueUnusedRemoval(tx, watermarkId);
  });
};
