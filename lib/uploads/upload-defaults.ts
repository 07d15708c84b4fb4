import type { Viewer } from "#lib/accounts/viewer.ts";
import { channelToWorkOn } from "#lib/channels/policy.ts";
import { type DbOrTx, db, transaction } from "#lib/db/client.ts";
import { type ChannelRow, storeUploadDefaults } from "#lib/db/queries/channels/channels.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { putSetting } from "#lib/db/queries/instance/settings.ts";
import { AppError } from "#lib/errors.ts";
import type { ChannelDefaults, SiteDefaults, UploadDefaultsDto } from "#lib/uploads/dto.ts";
import { readDefaults, siteDefaultsKey } from "#lib/uploads/read-defaults.ts";
import { requireCreator } from "#lib/watermarks/policy.ts";
import { wishOfChoice } from "#lib/watermarks/wish-of-video.ts";

/** Who asks about which channel: the named one, else the caller's first. */
type Asked = { viewer: Viewer; channelId?: string | undefined };

const requireChannel = async (tx: DbOrTx, { viewer, channelId }: Asked): Promise<ChannelRow> => {
  const account = requireCreator(viewer);
  const channel = await channelToWorkOn(tx, { account, channelId });
  if (channel === null) throw new AppError("forbidden", { message: "Your account has no channel." });
  return channel;
};

const toDto = async (tx: DbOrTx, channel: ChannelRow): Promise<UploadDefaultsDto> => {
  const { channel: wished, site, mark } = await readDefaults(tx, { channel });
  return { channel: wished, site, watermarkId: mark?.id ?? null };
};

/**
 * What uploads to a channel get. Throws `unauthenticated`, `forbidden` for those who only watch, and `not_found` for a
 * channel on which the caller does not work.
 */
export const getUploadDefaults = async (asked: Asked): Promise<UploadDefaultsDto> =>
  toDto(db(), await requireChannel(db(), asked));

/**
 * Sets what uploads to a channel get from now on; videos that are there stay as they are. Throws like
 * `getUploadDefaults`, `not_found` for a mark that is not the caller's or the instance's, and `unprocessable` for one
 * without an image.
 */
export const setUploadDefaults = ({
  defaults,
  ...asked
}: Asked & { defaults: ChannelDefaults }): Promise<UploadDefaultsDto> =>
  transaction(async (tx) => {
    const { viewer } = asked;
    const channel = await requireChannel(tx, asked);
    const { watermark } = defaults;
    if (watermark !== "site" && watermark !== "none") {
      await wishOfChoice(tx, { viewer, channelId: channel.id, choice: { watermarkId: watermark } });
    }
    await storeUploadDefaults(tx, { channelId: channel.id, uploadDefaults: defaults });
    await recordAudit(tx, {
      actorId: viewer?.id ?? null,
      action: "channel.upload_defaults",
      targetType: "channel",
      targetId: channel.id,
      before: { uploadDefaults: channel.uploadDefaults },
      after: { uploadDefaults: defaults },
    });
    return toDto(tx, { ...channel, uploadDefaults: defaults });
  });

/**
 * Sets the mark of new videos on channels that leave it to the site. Throws `unauthenticated`, `forbidden` for all but
 * admins, `not_found` for what is no mark of the instance, and `unprocessable` for one without an image.
 */
export const setSiteUploadDefaults = ({
  viewer,
  defaults,
}: {
  viewer: Viewer;
  defaults: SiteDefaults;
}): Promise<UploadDefaultsDto> =>
  transaction(async (tx) => {
    const channel = await requireChannel(tx, { viewer });
    if (viewer?.role !== "admin") throw new AppError("forbidden");
    const before = (await readDefaults(tx, { channel })).site;
    // No channel has the empty id: only marks of the instance pass.
    await wishOfChoice(tx, { viewer, channelId: "", choice: defaults });
    await putSetting(tx, { key: siteDefaultsKey, value: defaults });
    await recordAudit(tx, {
      actorId: viewer.id,
      action: "site.upload_defaults",
      targetType: "setting",
      targetId: siteDefaultsKey,
      before,
      after: defaults,
    });
    return toDto(tx, channel);
  });
