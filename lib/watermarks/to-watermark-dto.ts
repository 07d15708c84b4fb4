import type { Viewer } from "#lib/accounts/viewer.ts";
import type { WatermarkRow } from "#lib/db/queries/videos/watermarks.ts";
import { defaultLocale, type Locale } from "#lib/i18n/locale.ts";
import { translator } from "#lib/i18n/translator.ts";
import { watermarkDesignSchema } from "#lib/media/plan/wishes.ts";
import { isDrawingFailure } from "#lib/watermarks/drawing-failures.ts";
import type { WatermarkDto } from "#lib/watermarks/dto.ts";
import { mayEditWatermark } from "#lib/watermarks/policy.ts";

/** Address of a mark's image: its key's last part without the ending is the drawing that made it. */
export const watermarkImageUrl = ({ watermarkId, imageKey }: { watermarkId: string; imageKey: string }): string => {
  const drawingId = /([^/]+)\.png$/.exec(imageKey)?.[1] ?? "";
  return `/api/v1/watermarks/${watermarkId}/image?drawing=${drawingId}`;
};

const failureOf = (row: WatermarkRow, locale: Locale): WatermarkDto["failure"] => {
  if (row.state !== "failed" || row.failureCode === null) return null;
  const code = isDrawingFailure(row.failureCode) ? row.failureCode : "image_not_drawn";
  const text = translator({ locale, namespace: "watermarks" });
  return { code, message: text(`failures.${code}.message`), hint: text(`failures.${code}.hint`) };
};

/** What the viewer learns of a mark they may use. */
export const toWatermarkDto = (
  row: WatermarkRow,
  { viewer, locale }: { viewer: Viewer; locale?: Locale | undefined },
): WatermarkDto => {
  const { imageKey, imageWidth, imageHeight } = row;
  const drawn = imageKey !== null && imageWidth !== null && imageHeight !== null;
  return {
    id: row.id,
    channelId: row.channelId,
    name: row.name,
    design: watermarkDesignSchema.parse(row.design),
    state: row.state,
    failure: failureOf(row, locale ?? viewer?.locale ?? defaultLocale),
    image: drawn
      ? { url: watermarkImageUrl({ watermarkId: row.id, imageKey }), width: imageWidth, height: imageHeight }
      : null,
    editable: mayEditWatermark(viewer, row),
    createdAt: row.createdAt.toISOString(),
  };
};
