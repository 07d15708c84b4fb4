import { and, desc, eq, getTableColumns, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channels, invitations, users } from "#lib/db/schema/index.ts";

/** An invitation as stored. */
export type InvitationRow = typeof invitations.$inferSelect;
/** An invitation with what the invited person is shown. */
export type ReceivedInvitationRow = InvitationRow & {
  channelHandle: string;
  channelName: string;
  inviterName: string;
};

const isOpen = and(eq(invitations.state, "open"), gt(invitations.expiresAt, sql`now()`));

/**
 * Inserts an invitation in the place of an open one for the same address. Meant for a transaction that holds the channel's
 * row.
 */
export const replaceInvitation = async (tx: DbOrTx, invitation: typeof invitations.$inferInsert): Promise<void> => {
  await tx
    .update(invitations)
    .set({ state: "revoked", endedAt: sql`now()` })
    .where(
      and(
        eq(invitations.channelId, invitation.channelId),
        sql`${invitations.email} = ${invitation.email}::citext`,
        eq(invitations.state, "open"),
      ),
    );
  await tx.insert(invitations).values(invitation);
};

/** How many invitations an account has written within the last so many seconds, and how many of them to one address. */
export const countWrittenInvitations = async (
  tx: DbOrTx,
  { invitedBy, email, seconds }: { invitedBy: string; email: string; seconds: number },
): Promise<{ all: number; toAddress: number }> => {
  const [row] = await tx
    .select({
      all: sql<number>`count(*)::int`,
      toAddress: sql<number>`(count(*) filter (where ${invitations.email} = ${email}::citext))::int`,
    })
    .from(invitations)
    .where(
      and(
        eq(invitations.invitedBy, invitedBy),
        gt(invitations.createdAt, sql`now() - make_interval(secs => ${seconds})`),
      ),
    );
  return row ?? { all: 0, toAddress: 0 };
};

/** A channel's open invitations, newest first. */
export const listOpenInvitations = (tx: DbOrTx, channelId: string): Promise<InvitationRow[]> =>
  tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.channelId, channelId), isOpen))
    .orderBy(desc(invitations.id));

const selectReceived = (tx: DbOrTx, where: SQL) =>
  tx
    .select({
      ...getTableColumns(invitations),
      channelHandle: channels.handle,
      channelName: channels.name,
      inviterName: users.displayName,
    })
    .from(invitations)
    .innerJoin(channels, and(eq(channels.id, invitations.channelId), isNull(channels.deletedAt)))
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(where, isOpen))
    .orderBy(desc(invitations.id));

/**
 * The open invitation with that id, or the one whose mail held a secret of that hash; null when there is none. `lock` keeps
 * it from being answered twice.
 */
export const findOpenInvitation = async (
  tx: DbOrTx,
  { lock = false, ...named }: ({ invitationId: string } | { tokenHash: string }) & { lock?: boolean },
): Promise<ReceivedInvitationRow | null> => {
  const where =
    "tokenHash" in named ? eq(invitations.tokenHash, named.tokenHash) : eq(invitations.id, named.invitationId);
  const query = selectReceived(tx, where);
  const [row] = await (lock ? query.for("update", { of: invitations }) : query);
  return row ?? null;
};

/** Open invitations of an address, newest first. */
export const listReceivedInvitations = (tx: DbOrTx, email: string): Promise<ReceivedInvitationRow[]> =>
  selectReceived(tx, sql`${invitations.email} = ${email}::citext`);

/** Revokes every open invitation to a channel that an account wrote. */
export const revokeInvitationsBy = async (
  tx: DbOrTx,
  { channelId, invitedBy }: { channelId: string; invitedBy: string },
): Promise<void> => {
  await tx
    .update(invitations)
    .set({ state: "revoked", endedAt: sql`now()` })
    .where(
      and(eq(invitations.channelId, channelId), eq(invitations.invitedBy, invitedBy), eq(invitations.state, "open")),
    );
};

/** Ends an open invitation; null when there is none. */
export const endInvitation = async (
  tx: DbOrTx,
  { channelId, invitationId, state }: { channelId: string; invitationId: string; state: InvitationRow["state"] },
): Promise<InvitationRow | null> => {
  const [row] = await tx
    .update(invitations)
    .set({ state, endedAt: sql`now()` })
    .where(and(eq(invitations.id, invitationId), eq(invitations.channelId, channelId), isOpen))
    .returning();
  return row ?? null;
};
