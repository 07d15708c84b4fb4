import type { Viewer } from "#lib/accounts/viewer.ts";
import { auditChannel } from "#lib/channels/audit-channel.ts";
import type { ChannelDto, ChannelPatch } from "#lib/channels/dto.ts";
import { namingHandle } from "#lib/channels/naming-handle.ts";
import { holdChannel, requireOwnership } from "#lib/channels/policy.ts";
import { toChannelDto } from "#lib/channels/to-channel-dto.ts";
import { type Tx, transaction } from "#lib/db/client.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { countVideosOfChannel, listChannelsOfMember, updateChannel } from "#lib/db/queries/channels/channels.ts";
import { deleteWatermarksOfChannel } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import { enqueueUnusedRemoval } from "#lib/watermarks/begin-drawing.ts";

type Asked = { viewer: Viewer; handle: string };

/**
 * Changes a channel's texts or its handle; its old address leads nowhere then. Throws `unauthenticated`, `not_found`,
 * `forbidden` for all but its owners, and `conflict` with `fields` for a taken handle.
 */
export const editChannel = ({ patch, ...asked }: Asked & { patch: ChannelPatch }): Promise<ChannelDto> =>
  namingHandle(() =>
    transaction(async (tx) => {
      const { account, channel, role } = await requireOwnership(tx, asked);
      const changes = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      if (Object.keys(changes).length === 0) return toChannelDto(channel, role);
      await updateChannel(tx, { channelId: channel.id, changes });
      const { handle, name, description } = channel;
      const before = { handle, name, description };
      await auditChannel(tx, {
        ...{ actorId: account.id, channelId: channel.id, action: "channel.edit" },
        ...{ before, after: changes },
      });
      return toChannelDto({ ...channel, ...changes }, role);
    }),
  );

const endMarks = async (tx: Tx, channelId: string): Promise<void> => {
  for (const watermarkId of await deleteWatermarksOfChannel(tx, channelId)) await enqueueUnusedRemoval(tx, watermarkId);
};

/**
 * Takes a channel away for good, and its marks with it. It must hold no video, deleted ones within their grace time counted, and must not be its
 * founder's last. Throws `unauthenticated`, `not_found`, `forbidden` for all but its owners, and `conflict`.
 */
export const deleteChannel = (asked: Asked): Promise<void> =>
  transaction(async (tx) => {
    const named = await requireOwnership(tx, asked);
    // Two channels deleted at once would both be the last but one. The founder first: who leaves holds both in that order.
    await lockUser(tx, named.channel.ownerId);
    const { account, channel } = await holdChannel(tx, { ...asked, as: "owner" });
    if ((await countVideosOfChannel(tx, channel.id)) > 0) {
      throw new AppError("conflict", {
        message: "This channel still has videos.",
        hint: "Delete its videos first; deleted ones are gone after their grace time.",
      });
    }
    const founded = (await listChannelsOfMember(tx, channel.ownerId)).filter(
      ({ ownerId }) => ownerId === channel.ownerId,
    );
    if (founded.length < 2) {
      throw new AppError("conflict", {
        message: "An account keeps at least one channel.",
        hint: "Make another one first.",
      });
    }
    await endMarks(tx, channel.id);
    await updateChannel(tx, { channelId: channel.id, changes: { deletedAt: new Date() } });
    await auditChannel(tx, { actorId: account.id, channelId: channel.id, action: "channel.delete" });
  });
