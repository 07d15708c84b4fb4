import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { findWatermark } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import { watermarkDesignSchema } from "#lib/media/plan/wishes.ts";
import { inspectImage } from "#lib/media/watermark/watermark-image.ts";
import { objectStore } from "#lib/storage/index.ts";
import { sentWatermarkKey } from "#lib/storage/keys.ts";
import { beginDrawing, enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";
import type { WatermarkDto } from "#lib/watermarks/dto.ts";
import { mayEditWatermark, requireUsableWatermark } from "#lib/watermarks/policy.ts";
import { toWatermarkDto } from "#lib/watermarks/to-watermark-dto.ts";

/** Largest image that is taken. */
export const maxWatermarkBytes = 5 * 1024 * 1024;

const maxSide = 8192;
const maxPixels = 36_000_000;

/** Refuses by the header what a decoder need not see. */
const requireImage = (bytes: Uint8Array): void => {
  const facts = inspectImage(bytes);
  if (facts === null) {
    throw new AppError("unsupported_media_type", {
      message: "This is neither a PNG nor a WebP.",
      hint: "Save the image as PNG or WebP and send it again.",
    });
  }
  if (facts.animated) {
    throw new AppError("unprocessable", {
      message: "This image moves.",
      hint: "Send a still picture; a mark does not move.",
    });
  }
  const { width, height } = facts;
  if (width < 1 || height < 1 || Math.max(width, height) > maxSide || width * height > maxPixels) {
    throw new AppError("unprocessable", {
      message: `This image has ${width} × ${height} pixels.`,
      hint: `Send one with at most ${maxSide} pixels on its longer side; 1000 are enough.`,
    });
  }
};

/** The caller's right, once before the bytes are taken and once more when they are in place. */
const requireImageMark = async (
  tx: Parameters<typeof requireUsableWatermark>[0],
  input: { viewer: Viewer; watermarkId: string; lock?: "update" },
) => {
  const mark = await requireUsableWatermark(tx, input);
  if (!mayEditWatermark(input.viewer, mark)) throw new AppError("forbidden");
  if (watermarkDesignSchema.parse(mark.design).kind === "text") {
    throw new AppError("unprocessable", { message: "This mark is a text, not an image." });
  }
  return mark;
};

/**
 * Takes the image of a mark; a worker re-encodes it. `read` gives the body and is called only when the caller may send
 * one. Throws `unauthenticated`, `not_found`, `forbidden`, `too_large`, `unsupported_media_type` for what is no PNG or
 * WebP, and `unprocessable` for one that moves or is too large.
 */
export const sendWatermarkImage = async (input: {
  viewer: Viewer;
  watermarkId: string;
  read: (limit: number) => Promise<Uint8Array>;
  locale?: Locale | undefined;
}): Promise<WatermarkDto> => {
  const { viewer, watermarkId, read, locale } = input;
  await requireImageMark(db(), { viewer, watermarkId });
  const bytes = await read(maxWatermarkBytes);
  requireImage(bytes);
  const drawingId = newId();
  const sentKey = sentWatermarkKey({ watermarkId, drawingId });
  // First of all: a crash behind the next line leaves bytes of which nobody knows.
  await transaction((tx) => enqueueUnusedRemoval(tx, watermarkId));
  await objectStore().put({ key: sentKey, body: bytes });
  return transaction(async (tx) => {
    const { channelId } = await requireImageMark(tx, { viewer, watermarkId, lock: "update" });
    const sent = { key: sentKey, sizeBytes: bytes.byteLength, contentType: "application/octet-stream" };
    await insertAssets(tx, [{ channelId, kind: "working", ...sent }]);
    await beginDrawing(tx, { watermarkId, drawingId, sentKey });
    await enqueueUnusedRemoval(tx, watermarkId);
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "watermark.image",
      targetType: "watermark",
      targetId: watermarkId,
      details: { drawingId, sizeBytes: bytes.byteLength },
    });
    const mark = await findWatermark(tx, { watermarkId });
    if (mark === null) throw new AppError("not_found");
    return toWatermarkDto(mark, { viewer, locale });
  }).catch(async (error: unknown) => {
    // Nobody knows of these bytes.
    await objectStore().remove(sentKey);
    throw error;
  });
};
