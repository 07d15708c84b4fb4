import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { channelToWorkOn } from "#lib/channels/policy.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { findChannel } from "#lib/db/queries/channels/channels.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { countWatermarks, findWatermark, insertWatermark } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { newId } from "#lib/ids.ts";
import type { WatermarkDesign } from "#lib/media/plan/wishes.ts";
import { beginDrawing } from "#lib/watermarks/begin-drawing.ts";
import type { NewWatermark, WatermarkDto } from "#lib/watermarks/dto.ts";
import { requireCreator } from "#lib/watermarks/policy.ts";
import { requireDrawableText } from "#lib/watermarks/require-drawable-text.ts";
import { toWatermarkDto } from "#lib/watermarks/to-watermark-dto.ts";

/** More than anybody needs; a list of them stays one page. */
const maxPerChannel = 50;

const channelOf = async (tx: Tx, input: { account: Account; channelId: NewWatermark["channelId"] }) => {
  const { account, channelId } = input;
  if (channelId === null) {
    if (account.role === "admin") return null;
    throw new AppError("forbidden", { hint: "Marks of the instance are made by its admins." });
  }
  if (channelId !== undefined && account.role === "admin") {
    if ((await findChannel(tx, channelId, { lock: "share" })) !== null) return channelId;
    throw new AppError("not_found", { fields: { channelId: "There is no such channel." } });
  }
  const own = await channelToWorkOn(tx, { account, channelId, lock: true });
  if (own === null) throw new AppError("forbidden", { message: "Your account has no channel." });
  return own.id;
};

/**
 * Makes a mark. One with a text is drawn at once by a worker; one without waits for its image. Throws `unauthenticated`,
 * `forbidden`, `not_found` for a channel on which the caller does not work (admins work on every one), `invalid_input` for a text that cannot be drawn and
 * `conflict` when there are too many.
 */
export const createWatermark = ({
  viewer,
  mark,
  locale,
}: {
  viewer: Viewer;
  mark: NewWatermark;
  locale?: Locale | undefined;
}): Promise<WatermarkDto> =>
  transaction(async (tx) => {
    const account = requireCreator(viewer);
    const channelId = await channelOf(tx, { account, channelId: mark.channelId });
    if (mark.text !== undefined) requireDrawableText(mark.text);
    if ((await countWatermarks(tx, channelId)) >= maxPerChannel) {
      throw new AppError("conflict", { message: "There are too many marks.", hint: "Delete one that is not used." });
    }
    const watermarkId = newId();
    const text = mark.text ?? null;
    const design: WatermarkDesign = { kind: text === null ? "image" : "text", text, ...mark.placement };
    await insertWatermark(tx, { id: watermarkId, channelId, name: mark.name, design });
    if (text !== null) await beginDrawing(tx, { watermarkId, sentKey: null });
    await recordAudit(tx, {
      actorId: account.id,
      action: "watermark.create",
      targetType: "watermark",
      targetId: watermarkId,
      details: { name: mark.name, channelId, design },
    });
    const made = await findWatermark(tx, { watermarkId });
    if (made === null) throw new AppError("internal");
    return toWatermarkDto(made, { viewer, locale });
  });
