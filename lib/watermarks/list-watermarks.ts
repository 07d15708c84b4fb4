import type { Viewer } from "#lib/accounts/viewer.ts";
import { channelToWorkOn } from "#lib/channels/policy.ts";
import { db } from "#lib/db/client.ts";
import { listWatermarkRows } from "#lib/db/queries/videos/watermarks.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import type { WatermarkDto, WatermarkListDto } from "#lib/watermarks/dto.ts";
import { requireCreator, requireUsableWatermark } from "#lib/watermarks/policy.ts";
import { toWatermarkDto } from "#lib/watermarks/to-watermark-dto.ts";

type Asked = { viewer: Viewer; locale?: Locale | undefined };

/**
 * The marks of a channel (the caller's own unless an admin names another) and of the instance. Throws `unauthenticated`,
 * `forbidden` for those who only watch, `not_found` for somebody else's channel.
 */
export const listWatermarks = async ({
  viewer,
  locale,
  channelId,
}: Asked & { channelId?: string | undefined }): Promise<WatermarkListDto> => {
  const account = requireCreator(viewer);
  const named = account.role === "admin" ? channelId : undefined;
  const own = named === undefined ? await channelToWorkOn(db(), { account, channelId }) : null;
  const rows = await listWatermarkRows(db(), named ?? own?.id ?? null);
  return { items: rows.map((row) => toWatermarkDto(row, { viewer, locale })), mayOffer: account.role === "admin" };
};

/** One mark. Throws `unauthenticated` and `not_found`. */
export const getWatermark = async ({
  viewer,
  locale,
  watermarkId,
}: Asked & { watermarkId: string }): Promise<WatermarkDto> =>
  toWatermarkDto(await requireUsableWatermark(db(), { viewer, watermarkId }), { viewer, locale });
