import { and, desc, eq, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { type Looker, toldTo, visibleTo } from "#lib/db/queries/videos/visible-to.ts";
import { playlistItems, playlists, users, videos } from "#lib/db/schema/index.ts";

/** A playlist with whose it is. */
export type PlaylistRow = typeof playlists.$inferSelect & { ownerUsername: string; ownerName: string };

/** What a list shows of a playlist's content, as one person sees it. */
export type PlaylistSummary = {
  playlistId: string;
  /** Videos that the person may see. */
  videos: number;
  /** The first of them. */
  coverId: string | null;
};

/** Inserts a playlist; false when the account has its one `watch_later` already. */
export const insertPlaylist = async (tx: DbOrTx, playlist: typeof playlists.$inferInsert): Promise<boolean> => {
  const rows = await tx.insert(playlists).values(playlist).onConflictDoNothing().returning({ id: playlists.id });
  return rows.length === 1;
};

/**
 * A playlist whose owner is there, or null. `lock` keeps it and the order of its items as they are until the transaction
 * ends.
 */
export const findPlaylist = async (
  tx: DbOrTx,
  { playlistId, lock = false }: { playlistId: string; lock?: boolean },
): Promise<PlaylistRow | null> => {
  const query = tx
    .select({ row: playlists, ownerUsername: users.username, ownerName: users.displayName })
    .from(playlists)
    .innerJoin(users, eq(users.id, playlists.ownerId))
    .where(and(eq(playlists.id, playlistId), eq(users.status, "active"), isNull(users.deletionRequestedAt)));
  const [found] = await (lock ? query.for("update", { of: playlists }) : query);
  return found === undefined
    ? null
    : { ...found.row, ...{ ownerUsername: found.ownerUsername, ownerName: found.ownerName } };
};

/** The account's list of what to watch later; null until there is one. */
export const findWatchLaterId = async (tx: DbOrTx, ownerId: string): Promise<string | null> => {
  const [row] = await tx
    .select({ id: playlists.id })
    .from(playlists)
    .where(and(eq(playlists.ownerId, ownerId), eq(playlists.kind, "watch_later")));
  return row?.id ?? null;
};

/** An account's playlists, the newest first, those before an id; with `publicOnly` what everybody finds. */
export const listPlaylistRows = async (
  tx: DbOrTx,
  filter: { ownerId: string; publicOnly: boolean; after: string | undefined; limit: number },
): Promise<PlaylistRow[]> => {
  const rows = await tx
    .select({ row: playlists, ownerUsername: users.username, ownerName: users.displayName })
    .from(playlists)
    .innerJoin(users, eq(users.id, playlists.ownerId))
    .where(
      and(
        eq(playlists.ownerId, filter.ownerId),
        ne(playlists.kind, "watch_later"),
        filter.publicOnly ? eq(playlists.visibility, "public") : undefined,
        filter.after === undefined ? undefined : lt(playlists.id, filter.after),
      ),
    )
    .orderBy(desc(playlists.id))
    .limit(filter.limit);
  return rows.map(({ row, ...owner }) => ({ ...row, ...owner }));
};

/** How many playlists an account has, counted to `most`. */
export const hasAsManyPlaylists = async (
  tx: DbOrTx,
  { ownerId, most }: { ownerId: string; most: number },
): Promise<boolean> => {
  const [row] = await tx
    .select({ id: playlists.id })
    .from(playlists)
    .where(eq(playlists.ownerId, ownerId))
    .offset(most - 1)
    .limit(1);
  return row !== undefined;
};

/** Changes a playlist's texts or visibility. */
export const updatePlaylist = async (
  tx: DbOrTx,
  { playlistId, changes }: { playlistId: string; changes: Partial<typeof playlists.$inferInsert> },
): Promise<void> => {
  await tx
    .update(playlists)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(playlists.id, playlistId));
};

/** Removes a playlist with its items. */
export const deletePlaylist = async (tx: Tx, playlistId: string): Promise<void> => {
  await tx.delete(playlistItems).where(eq(playlistItems.playlistId, playlistId));
  await tx.delete(playlists).where(eq(playlists.id, playlistId));
};

const isOwner = ({ userId }: Looker): SQL | undefined => (userId === null ? undefined : eq(playlists.ownerId, userId));

/**
 * Condition on joined `playlists` and `videos`: what of a playlist somebody is told. Beside what they may not see, a list that
 * everybody finds tells nobody but its owner of what is in no list.
 */
export const toldInPlaylist = (tx: DbOrTx, looker: Looker): SQL | undefined =>
  and(visibleTo(tx, looker), or(ne(playlists.visibility, "public"), isOwner(looker), toldTo(tx, looker)));

/** What several playlists hold as somebody sees it: videos that one may not see count for nobody. */
export const summariesOfPlaylists = async (
  tx: DbOrTx,
  { playlistIds, looker }: { playlistIds: readonly string[]; looker: Looker },
): Promise<PlaylistSummary[]> => {
  if (playlistIds.length === 0) return [];
  return tx
    .select({
      playlistId: playlistItems.playlistId,
      videos: sql<number>`count(*)::int`,
      coverId: sql<string | null>`(array_agg(${playlistItems.videoId}::text
        order by ${playlistItems.position}, ${playlistItems.id}))[1]`,
    })
    .from(playlistItems)
    .innerJoin(playlists, eq(playlists.id, playlistItems.playlistId))
    .innerJoin(videos, eq(videos.id, playlistItems.videoId))
    .where(
      and(sql`${playlistItems.playlistId} = any(${sql.param([...playlistIds])}::uuid[])`, toldInPlaylist(tx, looker)),
    )
    .groupBy(playlistItems.playlistId);
};
