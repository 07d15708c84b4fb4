import type { DbOrTx } from "#lib/db/client.ts";
import { findSetting } from "#lib/db/queries/instance/settings.ts";
import { findWatermark, type WatermarkRow } from "#lib/db/queries/videos/watermarks.ts";
import {
  type ChannelDefaults,
  channelDefaultsSchema,
  type SiteDefaults,
  siteDefaultsSchema,
} from "#lib/uploads/dto.ts";

/** Under which name the instance's defaults are kept. */
export const siteDefaultsKey = "uploads.defaults";

/** The defaults that hold, with the mark that they come to. */
export type StandingDefaults = { channel: ChannelDefaults; site: SiteDefaults; mark: WatermarkRow | null };

type Channel = { id: string; uploadDefaults: unknown };

/** A mark that is there and was drawn at least once: while it is drawn anew the image before still stands for it. */
const usableMark = async (
  tx: DbOrTx,
  { watermarkId, channelId, lock }: { watermarkId: string; channelId: string | null; lock: boolean },
): Promise<WatermarkRow | null> => {
  const mark = await findWatermark(tx, { watermarkId, ...(lock ? { lock: "share" as const } : {}) });
  if (mark === null || mark.deletedAt !== null || mark.imageKey === null) return null;
  return mark.channelId === null || mark.channelId === channelId ? mark : null;
};

/**
 * The defaults of a channel's uploads. A default whose mark was deleted counts as never set. `lock` keeps the mark's image
 * from being removed until the transaction ends.
 */
export const readDefaults = async (
  tx: DbOrTx,
  { channel, lock = false }: { channel: Channel; lock?: boolean },
): Promise<StandingDefaults> => {
  const wished = channelDefaultsSchema.parse(channel.uploadDefaults);
  const { watermarkId } = siteDefaultsSchema.parse((await findSetting(tx, { key: siteDefaultsKey })) ?? noSiteMark);
  const ofSite = watermarkId === null ? null : await usableMark(tx, { watermarkId, channelId: null, lock });
  const site = { watermarkId: ofSite?.id ?? null };
  if (wished.watermark === "none") return { channel: wished, site, mark: null };
  if (wished.watermark === "site") return { channel: wished, site, mark: ofSite };
  const own = await usableMark(tx, { watermarkId: wished.watermark, channelId: channel.id, lock });
  return own === null
    ? { channel: { ...wished, watermark: "site" }, site, mark: ofSite }
    : { channel: wished, site, mark: own };
};

const noSiteMark: SiteDefaults = { watermarkId: null };
