import { and, desc, eq, gt, isNull, lt, ne, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { accountColumns } from "#lib/db/queries/accounts/account-columns.ts";
import { sessions, users } from "#lib/db/schema/index.ts";

/** A log-in as stored. */
export type SessionRow = typeof sessions.$inferSelect;

/** A session with the account that it stands for. */
export type SessionWithUser = {
  session: {
    id: string;
    kind: SessionRow["kind"];
    lastSeenAt: Date;
    createdAt: Date;
    /** Whether it neither ended nor expired, by the database's clock. */
    holds: boolean;
    /** Whether its last use was written long enough ago to be written again. */
    isDueForWriting: boolean;
  };
  user: SessionUser;
};

/** The part of an account that every request asks for. */
export type SessionUser = Pick<
  typeof users.$inferSelect,
  | "id"
  | "email"
  | "username"
  | "displayName"
  | "role"
  | "locale"
  | "status"
  | "sessionVersion"
  | "emailVerifiedAt"
  | "deletionRequestedAt"
>;

/** Columns of a `SessionUser`. */
export const sessionUserColumns = {
  ...accountColumns,
  status: users.status,
  sessionVersion: users.sessionVersion,
  deletionRequestedAt: users.deletionRequestedAt,
} as const;

/** Least time between two writes of a session's or token's last use. */
export const seenEverySeconds = 60;

/** How long a session lasts: after its last use, and at most from its beginning on. */
export type SessionLife = { idleSeconds: number; mostSeconds: number };

const expiryAfter = (life: SessionLife) =>
  sql`least(now() + make_interval(secs => ${life.idleSeconds}), ${sessions.createdAt} + make_interval(secs => ${life.mostSeconds}))`;

/**
 * Inserts a session when its account may still sign in under the version that its credentials were checked against.
 * False when it may not: it was suspended, or its sessions were ended, in between.
 */
export const insertSession = async (
  tx: DbOrTx,
  {
    life,
    sessionVersion,
    ...row
  }: Pick<SessionRow, "id" | "userId" | "kind" | "userAgent" | "address"> & {
    sessionVersion: number;
    life: SessionLife;
  },
): Promise<boolean> => {
  // The share lock makes it wait for who is just ending this account's sessions, and them for it.
  const rows = await tx.execute(sql`
    insert into sessions (id, user_id, kind, user_agent, address, expires_at)
    select ${row.id}::uuid, u.id, ${row.kind}, ${row.userAgent}, ${row.address},
           now() + make_interval(secs => ${life.idleSeconds})
    from (
      select id from users
      where id = ${row.userId}::uuid and status = 'active' and deleted_at is null and session_version = ${sessionVersion}
      for share
    ) as u
    returning id`);
  return rows.length > 0;
};

/** A session with its account, whatever has become of either; null when there is none or the account is deleted. */
export const findSession = async (tx: DbOrTx, sessionId: string): Promise<SessionWithUser | null> => {
  const [row] = await tx
    .select({
      session: {
        id: sessions.id,
        kind: sessions.kind,
        lastSeenAt: sessions.lastSeenAt,
        createdAt: sessions.createdAt,
        holds: sql<boolean>`${sessions.endedAt} is null and ${sessions.expiresAt} > now()`,
        isDueForWriting: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(secs => ${seenEverySeconds})`,
      },
      user: sessionUserColumns,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), isNull(users.deletedAt)))
    .limit(1);
  return row ?? null;
};

/**
 * Writes that a session is in use, from where, and prolongs it, unless that was written within the last minute.
 * `life` is null for sessions that only live on by refresh tokens.
 */
export const touchSession = async (
  tx: DbOrTx,
  { sessionId, address, life }: { sessionId: string; address: string; life: SessionLife | null },
): Promise<void> => {
  await tx
    .update(sessions)
    .set({
      lastSeenAt: sql`now()`,
      address,
      ...(life === null ? {} : { expiresAt: expiryAfter(life) }),
    })
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.endedAt),
        sql`${sessions.lastSeenAt} < now() - make_interval(secs => ${seenEverySeconds})`,
      ),
    );
};

/** Prolongs a session whose refresh token was just used. False when it has ended or expired. */
export const prolongSession = async (
  tx: DbOrTx,
  { sessionId, address, life }: { sessionId: string; address: string; life: SessionLife },
): Promise<boolean> => {
  const rows = await tx
    .update(sessions)
    .set({ lastSeenAt: sql`now()`, address, expiresAt: expiryAfter(life) })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt), gt(sessions.expiresAt, sql`now()`)))
    .returning({ id: sessions.id });
  return rows.length > 0;
};

/** Ends one session, and tells whose it was; null when it had ended already. `userId` asks for one's own alone. */
export const endSessionRow = async (
  tx: DbOrTx,
  { sessionId, userId, reason }: { sessionId: string; userId?: string; reason: NonNullable<SessionRow["endReason"]> },
): Promise<{ userId: string } | null> => {
  const [row] = await tx
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason: reason })
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.endedAt),
        ...(userId === undefined ? [] : [eq(sessions.userId, userId)]),
      ),
    )
    .returning({ userId: sessions.userId });
  return row ?? null;
};

/** Ends all sessions of an account, but one if so asked. Gives how many. */
export const endSessionRows = async (
  tx: DbOrTx,
  {
    userId,
    reason,
    exceptSessionId,
  }: { userId: string; reason: NonNullable<SessionRow["endReason"]>; exceptSessionId?: string | undefined },
): Promise<number> => {
  const rows = await tx
    .update(sessions)
    .set({ endedAt: sql`now()`, endReason: reason })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`now()`),
        ...(exceptSessionId === undefined ? [] : [ne(sessions.id, exceptSessionId)]),
      ),
    )
    .returning({ id: sessions.id });
  return rows.length;
};

/** Sessions of an account that hold, newest first, after the one named by `before`. */
export const listSessionRows = (
  tx: DbOrTx,
  { userId, limit, before }: { userId: string; limit: number; before?: string | undefined },
): Promise<SessionRow[]> =>
  tx
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`now()`),
        ...(before === undefined ? [] : [lt(sessions.id, before)]),
      ),
    )
    .orderBy(desc(sessions.id))
    .limit(limit);

/** Removes sessions, with their refresh tokens, that expired or ended so long ago. Gives how many. */
export const deleteOldSessions = async (tx: DbOrTx, afterSeconds: number): Promise<number> => {
  const rows = await tx
    .delete(sessions)
    .where(sql`least(${sessions.endedAt}, ${sessions.expiresAt}) < now() - make_interval(secs => ${afterSeconds})`)
    .returning({ id: sessions.id });
  return rows.length;
};
