import { and, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { type SessionUser, seenEverySeconds, sessionUserColumns } from "#lib/db/queries/accounts/sessions.ts";
import { apiTokens, users } from "#lib/db/schema/index.ts";

/** An API token as stored; the token itself is known to its owner alone. */
export type ApiTokenRow = typeof apiTokens.$inferSelect;

/** A token that was shown, with its owner. */
export type ApiTokenWithUser = { id: string; scopes: string[]; isDueForWriting: boolean; user: SessionUser };

/** Lets one transaction at a time make tokens of an account, until it ends, and tells how many it has. */
export const countApiTokens = async (tx: DbOrTx, userId: string): Promise<number> => {
  await tx.execute(sql`select id from users where id = ${userId}::uuid for no key update`);
  return (await listApiTokenRows(tx, userId)).length;
};

/** Inserts a token; `lifeSeconds` is null for one that never expires. */
export const insertApiToken = async (
  tx: DbOrTx,
  {
    lifeSeconds,
    ...row
  }: Pick<ApiTokenRow, "id" | "userId" | "name" | "prefix" | "tokenHash" | "scopes"> & { lifeSeconds: number | null },
): Promise<ApiTokenRow | null> => {
  const [made] = await tx
    .insert(apiTokens)
    .values({
      ...row,
      expiresAt: lifeSeconds === null ? null : sql`now() + make_interval(secs => ${lifeSeconds})`,
    })
    .returning();
  return made ?? null;
};

/** Tokens of an account that were not revoked, newest first; expired ones too. */
export const listApiTokenRows = (tx: DbOrTx, userId: string): Promise<ApiTokenRow[]> =>
  tx
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.id));

/** The token with that hash, with its owner; null for one that is unknown, revoked or expired. */
export const findApiToken = async (tx: DbOrTx, tokenHash: string): Promise<ApiTokenWithUser | null> => {
  const [row] = await tx
    .select({
      id: apiTokens.id,
      scopes: apiTokens.scopes,
      isDueForWriting: sql<boolean>`coalesce(${apiTokens.lastUsedAt} < now() - make_interval(secs => ${seenEverySeconds}), true)`,
      user: sessionUserColumns,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.tokenHash, tokenHash),
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), sql`${apiTokens.expiresAt} > now()`),
        isNull(users.deletedAt),
      ),
    )
    .limit(1);
  return row ?? null;
};

/** Writes that a token was used and from where, unless that was written within the last minute. */
export const touchApiToken = async (
  tx: DbOrTx,
  { tokenId, address }: { tokenId: string; address: string },
): Promise<void> => {
  await tx
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()`, lastUsedAddress: address })
    .where(
      and(
        eq(apiTokens.id, tokenId),
        sql`coalesce(${apiTokens.lastUsedAt} < now() - make_interval(secs => ${seenEverySeconds}), true)`,
      ),
    );
};

/** Revokes one of an account's tokens. False when it has none of that id, or revoked it already. */
export const revokeApiTokenRow = async (
  tx: DbOrTx,
  { tokenId, userId }: { tokenId: string; userId: string },
): Promise<boolean> => {
  const rows = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.id, tokenId), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  return rows.length > 0;
};

/** Revokes all tokens of an account. Gives how many. */
export const revokeApiTokenRows = async (tx: DbOrTx, userId: string): Promise<number> => {
  const rows = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  return rows.length;
};
