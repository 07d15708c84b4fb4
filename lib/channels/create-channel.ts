import type { Viewer } from "#lib/accounts/viewer.ts";
import { auditChannel } from "#lib/channels/audit-channel.ts";
import type { ChannelDto, NewChannel } from "#lib/channels/dto.ts";
import { namingHandle } from "#lib/channels/naming-handle.ts";
import { toChannelDto } from "#lib/channels/to-channel-dto.ts";
import { transaction } from "#lib/db/client.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { findChannel, insertChannel, listChannelsOfMember } from "#lib/db/queries/channels/channels.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import { mayCreate } from "#lib/videos/policy.ts";

/** More than anybody needs; a menu of them stays a menu. */
const maxOwnChannels = 20;

/**
 * Makes a channel of the caller's. Throws `unauthenticated`, `forbidden` for those who only watch, `conflict` with
 * `fields` for a taken handle, and `conflict` when the caller has made too many.
 */
export const createChannel = ({ viewer, channel }: { viewer: Viewer; channel: NewChannel }): Promise<ChannelDto> =>
  namingHandle(() =>
    transaction(async (tx) => {
      if (viewer === null) throw new AppError("unauthenticated");
      if (!mayCreate(viewer)) throw new AppError("forbidden", { hint: "Creators and admins have channels." });
      // Two at once would both see room for one more.
      await lockUser(tx, viewer.id);
      const own = (await listChannelsOfMember(tx, viewer.id)).filter(({ ownerId }) => ownerId === viewer.id);
      if (own.length >= maxOwnChannels) {
        throw new AppError("conflict", {
          message: `An account has at most ${maxOwnChannels} channels.`,
          hint: "Delete one that is not used.",
        });
      }
      const channelId = newId();
      await insertChannel(tx, { id: channelId, ownerId: viewer.id, ...channel });
      await auditChannel(tx, { actorId: viewer.id, channelId, action: "channel.create", details: channel });
      const made = await findChannel(tx, channelId);
      if (made === null) throw new AppError("internal");
      return toChannelDto(made, "owner");
    }),
  );
