import { and, count, desc, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { playbackTokens } from "#lib/db/schema/index.ts";

/** A token as stored, with whether it has run out by the database's clock. */
export type PlaybackTokenRow = typeof playbackTokens.$inferSelect & { expired: boolean };

const expired = sql<boolean>`${playbackTokens.expiresAt} <= now()`;

const select = (tx: DbOrTx, condition: SQL | undefined) =>
  tx.select({ row: playbackTokens, expired }).from(playbackTokens).where(condition);

const flat = ({ row, expired }: { row: typeof playbackTokens.$inferSelect; expired: boolean }): PlaybackTokenRow => ({
  ...row,
  expired,
});

/** Inserts a token. */
export const insertPlaybackToken = async (
  tx: Tx,
  token: typeof playbackTokens.$inferInsert,
): Promise<PlaybackTokenRow | null> => {
  const [row] = await tx.insert(playbackTokens).values(token).returning();
  return row === undefined ? null : flat({ row, expired: false });
};

/** The token with that hash, whatever became of it, or null. */
export const findPlaybackToken = async (tx: DbOrTx, tokenHash: string): Promise<PlaybackTokenRow | null> => {
  const [found] = await select(tx, eq(playbackTokens.tokenHash, tokenHash));
  return found === undefined ? null : flat(found);
};

/** A video's tokens, newest first, older than `before`. */
export const listPlaybackTokenRows = async (
  tx: DbOrTx,
  { videoId, before, limit }: { videoId: string; before?: string | undefined; limit: number },
): Promise<PlaybackTokenRow[]> => {
  const older = before === undefined ? undefined : lt(playbackTokens.id, before);
  const rows = await select(tx, and(eq(playbackTokens.videoId, videoId), older))
    .orderBy(desc(playbackTokens.id))
    .limit(limit);
  return rows.map(flat);
};

/** Whether a video has that many tokens which still open it. */
export const hasPlaybackTokens = async (
  tx: DbOrTx,
  { videoId, atLeast }: { videoId: string; atLeast: number },
): Promise<boolean> => {
  const open = and(
    eq(playbackTokens.videoId, videoId),
    isNull(playbackTokens.revokedAt),
    gt(playbackTokens.expiresAt, sql`now()`),
  );
  const few = tx.select({ id: playbackTokens.id }).from(playbackTokens).where(open).limit(atLeast).as("few");
  const [row] = await tx.select({ count: count() }).from(few);
  return (row?.count ?? 0) >= atLeast;
};

/** Revokes one token, or without `tokenId` all of the video's; gives how many were open until now. */
export const revokePlaybackTokenRows = async (
  tx: Tx,
  { videoId, tokenId }: { videoId: string; tokenId?: string },
): Promise<number> => {
  const rows = await tx
    .update(playbackTokens)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(playbackTokens.videoId, videoId),
        isNull(playbackTokens.revokedAt),
        tokenId === undefined ? undefined : eq(playbackTokens.id, tokenId),
      ),
    )
    .returning({ id: playbackTokens.id });
  return rows.length;
};

/** Whether the video has such a token, revoked or not. */
export const hasPlaybackToken = async (
  tx: DbOrTx,
  { videoId, tokenId }: { videoId: string; tokenId: string },
): Promise<boolean> => {
  const rows = await select(tx, and(eq(playbackTokens.videoId, videoId), eq(playbackTokens.id, tokenId)));
  return rows.length === 1;
};

/** Removes tokens whose time was over `seconds` ago. */
export const deleteOldPlaybackTokens = async (tx: DbOrTx, seconds: number): Promise<void> => {
  await tx.delete(playbackTokens).where(lt(playbackTokens.expiresAt, sql`now() - make_interval(secs => ${seconds})`));
};
