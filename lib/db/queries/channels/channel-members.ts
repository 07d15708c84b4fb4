import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channelMembers, users } from "#lib/db/schema/index.ts";

/** What a member may do on a channel. */
export type MemberRole = "owner" | "editor";
/** A member with what others see of the account. */
export type MemberRow = {
  userId: string;
  role: MemberRole;
  username: string;
  displayName: string;
  bio: string;
  avatarKey: string | null;
  status: "active" | "pending" | "suspended";
  deletionRequestedAt: Date | null;
  createdAt: Date;
};

/** Ids of the accounts that may work on a joined channel, as text of a statement that joins `channels`. */
export const memberIdsText = "array(select m.user_id::text from channel_members m where m.channel_id = channels.id)";

/** The same for selections. */
export const memberIdsOfChannel = sql<string[]>`${sql.raw(memberIdsText)}`;

/** A subquery: ids of the channels of which an account is a member. */
export const channelsOfMember = (tx: DbOrTx, userId: string) =>
  tx.select({ id: channelMembers.channelId }).from(channelMembers).where(eq(channelMembers.userId, userId));

/** Adds a member; false when the account is one already. */
export const insertMember = async (
  tx: DbOrTx,
  member: { channelId: string; userId: string; role: MemberRole },
): Promise<boolean> => {
  const rows = await tx
    .insert(channelMembers)
    .values(member)
    .onConflictDoNothing()
    .returning({ userId: channelMembers.userId });
  return rows.length === 1;
};

/** What an account may do on a channel; null for nothing. */
export const findMemberRole = async (
  tx: DbOrTx,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<MemberRole | null> => {
  const [row] = await tx
    .select({ role: channelMembers.role })
    .from(channelMembers)
    .where(and(eq(channelMembers.channelId, channelId), eq(channelMembers.userId, userId)));
  return row?.role ?? null;
};

/** Everybody who works on a channel, the longest-standing first. */
export const listMemberRows = (tx: DbOrTx, channelId: string): Promise<MemberRow[]> =>
  tx
    .select({
      userId: channelMembers.userId,
      role: channelMembers.role,
      username: users.username,
      displayName: users.displayName,
      ...{ bio: users.bio, avatarKey: users.avatarKey },
      ...{ status: users.status, deletionRequestedAt: users.deletionRequestedAt },
      createdAt: channelMembers.createdAt,
    })
    .from(channelMembers)
    .innerJoin(users, eq(users.id, channelMembers.userId))
    .where(and(eq(channelMembers.channelId, channelId), isNull(users.deletedAt)))
    .orderBy(asc(channelMembers.createdAt), asc(channelMembers.userId));

/** Changes what a member may do; false when there is no such member. */
export const updateMemberRole = async (
  tx: DbOrTx,
  { channelId, userId, role }: { channelId: string; userId: string; role: MemberRole },
): Promise<boolean> => {
  const rows = await tx
    .update(channelMembers)
    .set({ role })
    .where(and(eq(channelMembers.channelId, channelId), eq(channelMembers.userId, userId)))
    .returning({ userId: channelMembers.userId });
  return rows.length === 1;
};

/** Takes a member off a channel; false when there was none. */
export const deleteMember = async (
  tx: DbOrTx,
  { channelId, userId }: { channelId: string; userId: string },
): Promise<boolean> => {
  const rows = await tx
    .delete(channelMembers)
    .where(and(eq(channelMembers.channelId, channelId), eq(channelMembers.userId, userId)))
    .returning({ userId: channelMembers.userId });
  return rows.length === 1;
};
