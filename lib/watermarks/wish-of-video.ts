import { isDeepStrictEqual } from "node:util";
import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Tx } from "#lib/db/client.ts";
import type { WatermarkRow } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import { type WatermarkWish, watermarkDesignSchema } from "#lib/media/plan/wishes.ts";
import type { VideoWatermarkChoice } from "#lib/watermarks/dto.ts";
import { requireUsableWatermark } from "#lib/watermarks/policy.ts";

/** A mark as it is now, as a video keeps it; null while it has no image. */
export const wishOfMark = (
  mark: Pick<WatermarkRow, "id" | "design" | "imageKey" | "imageWidth" | "imageHeight">,
  placement: VideoWatermarkChoice["placement"] = undefined,
): WatermarkWish | null => {
  const { imageKey, imageWidth, imageHeight } = mark;
  if (imageKey === null || imageWidth === null || imageHeight === null) return null;
  const design = { ...watermarkDesignSchema.parse(mark.design), ...placement };
  return { watermarkId: mark.id, design, imageKey, imageWidth, imageHeight };
};

/**
 * What a chosen mark means for a video of that channel: the mark as it is now, with its image, which stays as long as the
 * video wishes for it. Null for no mark. Throws `not_found` for a mark that the viewer may not use or that belongs to
 * another channel, and `unprocessable` while it has no image.
 */
export const wishOfChoice = async (
  tx: Tx,
  { viewer, channelId, choice }: { viewer: Viewer; channelId: string; choice: VideoWatermarkChoice },
): Promise<WatermarkWish | null> => {
  if (choice.watermarkId === null) return null;
  // The lock keeps the image from being removed before the wish is there.
  const mark = await requireUsableWatermark(tx, { viewer, watermarkId: choice.watermarkId, lock: "share" });
  if (mark.channelId !== null && mark.channelId !== channelId) throw new AppError("not_found");
  const wish = mark.state === "ready" ? wishOfMark(mark, choice.placement) : null;
  if (wish === null) {
    throw new AppError("unprocessable", {
      message: "This mark has no image yet.",
      hint: mark.state === "drawing" ? "Wait a moment: it is being made." : "Send an image for it first.",
    });
  }
  return wish;
};

/** Whether two wishes put the same mark at the same place. */
export const sameWish = (one: WatermarkWish | null, other: WatermarkWish | null): boolean =>
  isDeepStrictEqual(one, other);
