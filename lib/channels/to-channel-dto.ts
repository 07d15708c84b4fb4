import type { ChannelDto } from "#lib/channels/dto.ts";
import type { MemberRole } from "#lib/db/queries/channels/channel-members.ts";
import type { ChannelRow } from "#lib/db/queries/channels/channels.ts";

/** A channel as its viewer sees it. */
export const toChannelDto = (channel: ChannelRow, role: MemberRole | null): ChannelDto => ({
  id: channel.id,
  handle: channel.handle,
  name: channel.name,
  description: channel.description,
  createdAt: channel.createdAt.toISOString(),
  role,
});
