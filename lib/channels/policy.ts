import type { Account, Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { findMemberRole, type MemberRole } from "#lib/db/queries/channels/channel-members.ts";
import {
  type ChannelRow,
  findChannel,
  findChannelByHandle,
  listChannelsOfMember,
} from "#lib/db/queries/channels/channels.ts";
import { AppError } from "#lib/errors.ts";

/** A channel with what the caller may do on it. */
export type HeldChannel = { account: Account; channel: ChannelRow; role: MemberRole };

/** The channel with that handle, whatever its case, with or without `@`. Throws `not_found`. */
export const requireChannel = async (tx: DbOrTx, handle: string): Promise<ChannelRow> => {
  // No handle holds a zero byte, and the database would refuse to look for one.
  const channel = handle.includes("\0") ? null : await findChannelByHandle(tx, handle.replace(/^@/, ""));
  if (channel === null) throw new AppError("not_found");
  return channel;
};

/** What the viewer may do on a channel; admins of the instance may do what owners may. Null for everybody else. */
export const roleOn = async (
  tx: DbOrTx,
  { viewer, channelId }: { viewer: Viewer; channelId: string },
): Promise<MemberRole | null> => {
  if (viewer === null) return null;
  return viewer.role === "admin" ? "owner" : findMemberRole(tx, { channelId, userId: viewer.id });
};

/**
 * The channel when the viewer works on it. Throws `unauthenticated` for nobody, `not_found` for no such channel, and
 * `forbidden` for everybody else: channels are public, who works on them is not.
 */
export const requireMembership = async (
  tx: DbOrTx,
  { viewer, handle }: { viewer: Viewer; handle: string },
): Promise<HeldChannel> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const channel = await requireChannel(tx, handle);
  const role = await roleOn(tx, { viewer, channelId: channel.id });
  if (role === null) throw new AppError("forbidden");
  return { account: viewer, channel, role };
};

/** The channel when the viewer may decide about it. Throws like `requireMembership`, and `forbidden` for editors. */
export const requireOwnership = async (tx: DbOrTx, asked: { viewer: Viewer; handle: string }): Promise<HeldChannel> => {
  const held = await requireMembership(tx, asked);
  if (held.role !== "owner") {
    throw new AppError("forbidden", { hint: "Owners of the channel may do this; ask one of them." });
  }
  return held;
};

/**
 * The channel when the viewer works on it, or may decide about it (`owner`), held until the transaction ends: nobody else
 * changes its members meanwhile. Throws like `requireMembership` and `requireOwnership`, also for whoever was taken off it
 * while this waited.
 */
export const holdChannel = async (
  tx: Tx,
  { as, ...asked }: { viewer: Viewer; handle: string; as: MemberRole },
): Promise<HeldChannel> => {
  const require = as === "owner" ? requireOwnership : requireMembership;
  const { channel } = await require(tx, asked);
  await findChannel(tx, channel.id, { lock: true });
  const held = await require(tx, asked);
  // The handle may have gone to another channel while this waited.
  if (held.channel.id !== channel.id) throw new AppError("not_found");
  return held;
};

/**
 * The channel that an account works on: the named one, else its first. Null when it has none. `lock` keeps it from being
 * deleted until the transaction ends. Throws `not_found` for one on which it does not work.
 */
export const channelToWorkOn = async (
  tx: DbOrTx,
  { account, channelId, lock = false }: { account: Account; channelId?: string | undefined; lock?: boolean },
): Promise<ChannelRow | null> => {
  const own = await listChannelsOfMember(tx, account.id);
  const found = channelId === undefined ? own[0] : own.find(({ id }) => id === channelId);
  if (found === undefined && channelId === undefined) return null;
  const channel = found !== undefined && lock ? await findChannel(tx, found.id, { lock: "share" }) : found;
  if (channel === undefined || channel === null) {
    throw new AppError("not_found", { fields: { channelId: "You work on no such channel." } });
  }
  return channel;
};
