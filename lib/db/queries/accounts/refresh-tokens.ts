import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { type SessionUser, sessionUserColumns } from "#lib/db/queries/accounts/sessions.ts";
import { refreshTokens, sessions, users } from "#lib/db/schema/index.ts";

/** A refresh token with what it belongs to. */
export type RefreshTokenWithSession = {
  id: string;
  sessionId: string;
  used: boolean;
  /** Whether it, by the database's clock, has expired. */
  expired: boolean;
  user: SessionUser;
};

/** Inserts a refresh token that lasts so long, by the database's clock. */
export const insertRefreshToken = async (
  tx: DbOrTx,
  { lifeSeconds, ...row }: { id: string; sessionId: string; tokenHash: string; lifeSeconds: number },
): Promise<void> => {
  await tx.insert(refreshTokens).values({ ...row, expiresAt: sql`now() + make_interval(secs => ${lifeSeconds})` });
};

/** The refresh token with that hash, locked until the transaction ends: of two equal requests the second finds it used. */
export const lockRefreshToken = async (tx: DbOrTx, tokenHash: string): Promise<RefreshTokenWithSession | null> => {
  const [row] = await tx
    .select({
      id: refreshTokens.id,
      sessionId: refreshTokens.sessionId,
      used: sql<boolean>`${refreshTokens.usedAt} is not null`,
      expired: sql<boolean>`${refreshTokens.expiresAt} <= now()`,
      user: sessionUserColumns,
    })
    .from(refreshTokens)
    .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(refreshTokens.tokenHash, tokenHash), isNull(users.deletedAt)))
    .limit(1)
    .for("update", { of: refreshTokens });
  return row ?? null;
};

/** Marks a refresh token as used. */
export const markRefreshTokenUsed = async (tx: DbOrTx, id: string): Promise<void> => {
  await tx.update(refreshTokens).set({ usedAt: sql`now()` }).where(eq(refreshTokens.id, id));
};

/** The session of a refresh token, whatever has become of either, or null. */
export const findSessionOfRefreshToken = async (tx: DbOrTx, tokenHash: string): Promise<string | null> => {
  const [row] = await tx
    .select({ sessionId: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, tokenHash))
    .limit(1);
  return row?.sessionId ?? null;
};

/** Removes refresh tokens that have expired: using one again is refused anyway. */
export const deleteExpiredRefreshTokens = async (tx: DbOrTx): Promise<void> => {
  await tx.delete(refreshTokens).where(lt(refreshTokens.expiresAt, sql`now()`));
};
