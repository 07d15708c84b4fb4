import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import { auditChannel } from "#lib/channels/audit-channel.ts";
import type { ChannelDto, ReceivedInvitationDto, ReceivedInvitationListDto } from "#lib/channels/dto.ts";
import { hashInvitationToken } from "#lib/channels/invite.ts";
import { toChannelDto } from "#lib/channels/to-channel-dto.ts";
import { type DbOrTx, db, type Tx, transaction } from "#lib/db/client.ts";
import { findUser } from "#lib/db/queries/accounts/users.ts";
import {
  findMemberRole,
  insertMember,
  type MemberRole,
  updateMemberRole,
} from "#lib/db/queries/channels/channel-members.ts";
import { findChannel } from "#lib/db/queries/channels/channels.ts";
import {
  endInvitation,
  findOpenInvitation,
  listReceivedInvitations,
  type ReceivedInvitationRow,
} from "#lib/db/queries/channels/invitations.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";

/** `invitation` is the secret of the mail, or the id of an invitation of the account's confirmed address. */
type Asked = { viewer: Viewer; invitation: string };

const notOpen = () =>
  new AppError("not_found", {
    message: "This invitation is not open any more.",
    hint: "Ask the channel's owner for a new one.",
  });

/** Whether somebody who reads the account's mail has said so; else anybody could take an address and its invitations. */
const hasConfirmedAddress = async (tx: DbOrTx, account: Account): Promise<boolean> =>
  ((await findUser(tx, account.id))?.emailVerifiedAt ?? null) !== null;

const findReceived = async (tx: DbOrTx, { invitation, lock }: { invitation: string; lock: boolean }) => {
  const asId = idSchema.safeParse(invitation);
  return asId.success
    ? { byId: true, row: await findOpenInvitation(tx, { invitationId: asId.data, lock }) }
    : { byId: false, row: await findOpenInvitation(tx, { tokenHash: hashInvitationToken(invitation), lock }) };
};

const requireReceived = async (
  tx: DbOrTx,
  { viewer, invitation, lock = false }: Asked & { lock?: boolean },
): Promise<{ account: Account; received: ReceivedInvitationRow }> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const { byId, row } = await findReceived(tx, { invitation, lock });
  if (row === null) throw notOpen();
  const isTheirs = row.email.toLowerCase() === viewer.email.toLowerCase();
  if (byId && !(isTheirs && (await hasConfirmedAddress(tx, viewer)))) throw notOpen();
  // The address itself stays untold: whoever holds a forwarded mail need not learn more.
  if (!isTheirs) {
    throw new AppError("forbidden", {
      message: "This invitation was sent to another address than that of your account.",
      hint: "Sign in with the account that has that address, or ask for an invitation of this one.",
    });
  }
  return { account: viewer, received: row };
};

const toDto = (row: ReceivedInvitationRow): ReceivedInvitationDto => ({
  id: row.id,
  channel: { id: row.channelId, handle: row.channelHandle, name: row.channelName },
  role: row.role,
  invitedBy: row.inviterName,
  expiresAt: row.expiresAt.toISOString(),
});

/**
 * An open invitation, for the account of its address. Throws `unauthenticated`, `not_found` for one that was answered,
 * revoked or has expired, and `forbidden` for other accounts.
 */
export const getInvitation = async (asked: Asked): Promise<ReceivedInvitationDto> =>
  toDto((await requireReceived(db(), asked)).received);

/**
 * The caller's open invitations, newest first; none while the account's address is not confirmed. Throws
 * `unauthenticated`.
 */
export const listMyInvitations = async (viewer: Viewer): Promise<ReceivedInvitationListDto> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const confirmed = await hasConfirmedAddress(db(), viewer);
  return { items: confirmed ? (await listReceivedInvitations(db(), viewer.email)).map(toDto) : [] };
};

/** Adds a member; who is one already, under another address then, may become an owner and nothing less. */
const join = async (tx: Tx, member: { channelId: string; userId: string; role: MemberRole }): Promise<void> => {
  if (!(await insertMember(tx, member)) && member.role === "owner") await updateMemberRole(tx, member);
};

/** Accepts or declines an invitation, once; gives the channel as it is for the caller then. Throws like `getInvitation`. */
export const answerInvitation = ({ answer, ...asked }: Asked & { answer: "accept" | "decline" }): Promise<ChannelDto> =>
  transaction(async (tx) => {
    const { account, received } = await requireReceived(tx, { ...asked, lock: true });
    const { id: invitationId, channelId, role } = received;
    const accepts = answer === "accept";
    await endInvitation(tx, { channelId, invitationId, state: accepts ? "accepted" : "declined" });
    const member = { channelId, userId: account.id, role };
    if (accepts) await join(tx, member);
    const action = accepts ? "channel.join" : "channel.decline";
    await auditChannel(tx, { actorId: account.id, channelId, action, details: { role } });
    const channel = await findChannel(tx, channelId);
    if (channel === null) throw notOpen();
    return toChannelDto(channel, await findMemberRole(tx, member));
  });
