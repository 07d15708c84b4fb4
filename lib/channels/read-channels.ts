import { avatarUrlOf } from "#lib/accounts/avatar/avatar-url.ts";
import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { ChannelListDto, ChannelPersonDto, ShownChannelDto } from "#lib/channels/dto.ts";
import { requireChannel, roleOn } from "#lib/channels/policy.ts";
import { toChannelDto } from "#lib/channels/to-channel-dto.ts";
import { db } from "#lib/db/client.ts";
import { findMemberRole } from "#lib/db/queries/channels/channel-members.ts";
import { findPersonOfChannel, listChannelsOfMember } from "#lib/db/queries/channels/channels.ts";
import { AppError } from "#lib/errors.ts";

const personOf = async (channelId: string): Promise<ChannelPersonDto | null> => {
  const found = await findPersonOfChannel(db(), channelId);
  // Whoever says nothing of themselves is not shown: a channel may have another name than its founder.
  return found === null || found.bio === ""
    ? null
    : { displayName: found.displayName, bio: found.bio, avatarUrl: avatarUrlOf(found) };
};

/** The channel with that handle, whatever its case, with or without `@`. Throws `not_found`. */
export const getChannel = async ({ viewer, handle }: { viewer: Viewer; handle: string }): Promise<ShownChannelDto> => {
  const channel = await requireChannel(db(), handle);
  // Admins may work on every channel, but most are none of their own.
  const role = viewer === null ? null : await findMemberRole(db(), { channelId: channel.id, userId: viewer.id });
  return { ...toChannelDto(channel, role), person: await personOf(channel.id) };
};

/** The channels on which the caller works, the own ones first. Throws `unauthenticated`. */
export const listOwnChannels = async (viewer: Viewer): Promise<ChannelListDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const rows = await listChannelsOfMember(db(), viewer.id);
  return { items: rows.map((row) => toChannelDto(row, row.role)) };
};

/** Where an account may upload, as pages need it: `founded` tells whose quota counts. Its own channels come first. */
export const listUploadChannels = async (
  account: Account,
): Promise<{ id: string; handle: string; name: string; founded: boolean }[]> =>
  (await listChannelsOfMember(db(), account.id)).map(({ id, handle, name, ownerId }) => ({
    ...{ id, handle, name },
    founded: ownerId === account.id,
  }));

/** Whether the viewer works on a channel; admins of the instance do only where they are members. */
export const isChannelMember = async ({ viewer, channelId }: { viewer: Viewer; channelId: string }): Promise<boolean> =>
  viewer !== null && (await findMemberRole(db(), { channelId, userId: viewer.id })) !== null;

/** Whether the viewer may decide about a channel, as pages need it. Throws `not_found`. */
export const mayManageChannel = async ({ viewer, handle }: { viewer: Viewer; handle: string }): Promise<boolean> => {
  const channel = await requireChannel(db(), handle);
  return (await roleOn(db(), { viewer, channelId: channel.id })) === "owner";
};
