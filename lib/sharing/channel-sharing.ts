import type { Viewer } from "#lib/accounts/viewer.ts";
import { auditChannel } from "#lib/channels/audit-channel.ts";
import { requireMembership, requireOwnership } from "#lib/channels/policy.ts";
import { db, transaction } from "#lib/db/client.ts";
import { findChannelSharing, putChannelSharing } from "#lib/db/queries/sharing/settings.ts";
import type { ChannelSharingDto } from "#lib/sharing/dto.ts";

type Asked = { viewer: Viewer; handle: string };

/** Where a channel's videos may be embedded, for those who work on it. Throws like `requireMembership`. */
export const getChannelSharing = async (asked: Asked): Promise<ChannelSharingDto> => {
  const { channel } = await requireMembership(db(), asked);
  return findChannelSharing(db(), channel.id);
};

/** Decides where a channel's videos may be embedded. Throws like `requireOwnership`. */
export const setChannelSharing = ({
  sharing,
  ...asked
}: Asked & { sharing: ChannelSharingDto }): Promise<ChannelSharingDto> =>
  transaction(async (tx) => {
    const { account, channel } = await requireOwnership(tx, asked);
    const before = await findChannelSharing(tx, channel.id);
    await putChannelSharing(tx, { channelId: channel.id, ...sharing });
    await auditChannel(tx, {
      ...{ actorId: account.id, channelId: channel.id, action: "channel.sharing" },
      ...{ before, after: sharing },
    });
    return sharing;
  });
