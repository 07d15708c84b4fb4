import { avatarUrlOf } from "#lib/accounts/avatar/avatar-url.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { auditChannel } from "#lib/channels/audit-channel.ts";
import type { MemberListDto } from "#lib/channels/dto.ts";
import { holdChannel, requireMembership } from "#lib/channels/policy.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  deleteMember,
  findMemberRole,
  listMemberRows,
  type MemberRole,
  updateMemberRole,
} from "#lib/db/queries/channels/channel-members.ts";
import type { ChannelRow } from "#lib/db/queries/channels/channels.ts";
import { revokeInvitationsBy } from "#lib/db/queries/channels/invitations.ts";
import { AppError } from "#lib/errors.ts";

type Asked = { viewer: Viewer; handle: string };

const toDto = async (tx: Tx | ReturnType<typeof db>, channel: ChannelRow): Promise<MemberListDto> => ({
  items: (await listMemberRows(tx, channel.id)).map(({ createdAt, ...member }) => ({
    ...{ userId: member.userId, username: member.username, displayName: member.displayName, role: member.role },
    bio: member.bio,
    avatarUrl: avatarUrlOf(member),
    isFounder: member.userId === channel.ownerId,
    since: createdAt.toISOString(),
  })),
});

/** Who works on a channel. Throws `unauthenticated`, `not_found`, and `forbidden` for all but its members. */
export const listMembers = async (asked: Asked): Promise<MemberListDto> =>
  toDto(db(), (await requireMembership(db(), asked)).channel);

const refuseFounder = (channel: ChannelRow, userId: string) => {
  if (userId !== channel.ownerId) return;
  throw new AppError("conflict", {
    message: "Whoever made a channel stays its owner: its storage counts against that account.",
    hint: "Remove the other members, or delete the channel.",
  });
};

/**
 * Makes a member owner or editor; the open invitations of who may invite no more end. Throws `unauthenticated`, `not_found` for no such member, `forbidden` for all but owners,
 * and `conflict` for the channel's founder.
 */
export const changeMember = ({
  userId,
  role,
  ...asked
}: Asked & { userId: string; role: MemberRole }): Promise<MemberListDto> =>
  transaction(async (tx) => {
    const { account, channel } = await holdChannel(tx, { ...asked, as: "owner" });
    const before = await findMemberRole(tx, { channelId: channel.id, userId });
    if (before === null) throw new AppError("not_found");
    refuseFounder(channel, userId);
    await updateMemberRole(tx, { channelId: channel.id, userId, role });
    if (role !== "owner") await revokeInvitationsBy(tx, { channelId: channel.id, invitedBy: userId });
    await auditChannel(tx, {
      ...{ actorId: account.id, channelId: channel.id, action: "channel.change_member" },
      ...{ before: { role: before }, after: { role }, details: { userId } },
    });
    return toDto(tx, channel);
  });

/**
 * Takes a member off a channel, and the open invitations that they wrote; everybody may take themselves off. Throws `unauthenticated`, `not_found` for no such
 * member, `forbidden` for editors who name somebody else, and `conflict` for the channel's founder.
 */
export const removeMember = ({ userId, ...asked }: Asked & { userId: string }): Promise<void> =>
  transaction(async (tx) => {
    const leaves = asked.viewer?.id === userId;
    const { account, channel } = await holdChannel(tx, { ...asked, as: leaves ? "editor" : "owner" });
    refuseFounder(channel, userId);
    if (!(await deleteMember(tx, { channelId: channel.id, userId }))) throw new AppError("not_found");
    await revokeInvitationsBy(tx, { channelId: channel.id, invitedBy: userId });
    await auditChannel(tx, {
      actorId: account.id,
      channelId: channel.id,
      action: leaves ? "channel.leave" : "channel.remove_member",
      details: { userId },
    });
  });
