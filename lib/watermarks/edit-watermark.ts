import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findWatermark, updateWatermark } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { type WatermarkDesign, watermarkDesignSchema } from "#lib/media/plan/wishes.ts";
import { beginDrawing, enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";
import type { WatermarkDto, WatermarkPatch } from "#lib/watermarks/dto.ts";
import { requireEditableWatermark } from "#lib/watermarks/policy.ts";
import { requireDrawableText } from "#lib/watermarks/require-drawable-text.ts";
import { toWatermarkDto } from "#lib/watermarks/to-watermark-dto.ts";

const checkedText = (design: WatermarkDesign, text: string): string => {
  if (design.kind === "image") throw new AppError("unprocessable", { message: "This mark is an image, not a text." });
  requireDrawableText(text);
  return text;
};

/**
 * Changes a mark; a new text is drawn anew. Videos keep what they carry. Throws `unauthenticated`, `not_found`,
 * `forbidden`, `invalid_input` for a text that cannot be drawn, and `unprocessable` for a text of an image.
 */
export const editWatermark = ({
  viewer,
  watermarkId,
  patch,
  locale,
}: {
  viewer: Viewer;
  watermarkId: string;
  patch: WatermarkPatch;
  locale?: Locale | undefined;
}): Promise<WatermarkDto> =>
  transaction(async (tx) => {
    const mark = await requireEditableWatermark(tx, { viewer, watermarkId });
    const before = watermarkDesignSchema.parse(mark.design);
    const text = patch.text === undefined ? before.text : checkedText(before, patch.text);
    const design: WatermarkDesign = { ...before, ...patch.placement, text };
    await updateWatermark(tx, {
      watermarkId,
      changes: { design, ...(patch.name === undefined ? {} : { name: patch.name }) },
    });
    if (text !== before.text || (text !== null && mark.state === "failed")) {
      await beginDrawing(tx, { watermarkId, sentKey: null });
      await enqueueUnusedRemoval(tx, watermarkId);
    }
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "watermark.edit",
      targetType: "watermark",
      targetId: watermarkId,
      before: { name: mark.name, design: before },
      after: patch,
    });
    const edited = await findWatermark(tx, { watermarkId });
    if (edited === null) throw new AppError("not_found");
    return toWatermarkDto(edited, { viewer, locale });
  });

/**
 * Takes a mark away. Videos that carry it keep it, also in later runs; its images go when nobody needs them. Throws like
 * `editWatermark`.
 */
export const deleteWatermark = ({ viewer, watermarkId }: { viewer: Viewer; watermarkId: string }): Promise<void> =>
  transaction(async (tx) => {
    const mark = await requireEditableWatermark(tx, { viewer, watermarkId });
    await updateWatermark(tx, { watermarkId, changes: { deletedAt: new Date() } });
    await enqueueUnusedRemoval(tx, watermarkId);
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "watermark.delete",
      targetType: "watermark",
      targetId: watermarkId,
      details: { name: mark.name, channelId: mark.channelId },
    });
  });
