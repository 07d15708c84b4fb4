import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { toldInPlaylist } from "#lib/db/queries/people/playlists.ts";
import type { Looker } from "#lib/db/queries/videos/visible-to.ts";
import { playlistItems, playlists, videos } from "#lib/db/schema/index.ts";

/** A place in a playlist. */
export type ItemRow = typeof playlistItems.$inferSelect;
/** The same with whether its video can be opened by who asks. */
export type ShownItemRow = ItemRow & { available: boolean };
/** Where a page of items begins. */
export type ItemPosition = { position: number; id: string };

const available = sql<boolean>`${videos.id} is not null`;

/**
 * Items in their order, those after a position, as `toldInPlaylist` says. With `all` also those whose video who asks may not
 * see (any more), which is for the playlist's owner alone.
 */
export const listItems = async (
  tx: DbOrTx,
  filter: {
    playlistId: string;
    looker: Looker;
    all: boolean;
    after: ItemPosition | undefined;
    limit: number;
  },
): Promise<ShownItemRow[]> => {
  const { playlistId, looker, all, after, limit } = filter;
  const rows = await tx
    .select({ row: playlistItems, available })
    .from(playlistItems)
    .innerJoin(playlists, eq(playlists.id, playlistItems.playlistId))
    .leftJoin(videos, and(eq(videos.id, playlistItems.videoId), toldInPlaylist(tx, looker)))
    .where(
      and(
        eq(playlistItems.playlistId, playlistId),
        all ? undefined : isNotNull(videos.id),
        after === undefined
          ? undefined
          : sql`(${playlistItems.position}, ${playlistItems.id}) > (${after.position}::bigint, ${after.id}::uuid)`,
      ),
    )
    .orderBy(asc(playlistItems.position), asc(playlistItems.id))
    .limit(limit);
  return rows.map(({ row, ...shown }) => ({ ...row, ...shown }));
};

/** One item of a playlist, or null. */
export const findItem = async (
  tx: DbOrTx,
  { playlistId, itemId }: { playlistId: string; itemId: string },
): Promise<ItemRow | null> => {
  const [row] = await tx
    .select()
    .from(playlistItems)
    .where(and(eq(playlistItems.playlistId, playlistId), eq(playlistItems.id, itemId)));
  return row ?? null;
};

/** The item that holds a video, or null. */
export const findItemOfVideo = async (
  tx: DbOrTx,
  { playlistId, videoId }: { playlistId: string; videoId: string },
): Promise<ItemRow | null> => {
  const [row] = await tx
    .select()
    .from(playlistItems)
    .where(and(eq(playlistItems.playlistId, playlistId), eq(playlistItems.videoId, videoId)));
  return row ?? null;
};

/** Which of an account's playlists hold a video, and as which item. */
export const listItemsOfVideo = (
  tx: DbOrTx,
  { ownerId, videoId }: { ownerId: string; videoId: string },
): Promise<{ playlistId: string; itemId: string }[]> =>
  tx
    .select({ playlistId: playlistItems.playlistId, itemId: playlistItems.id })
    .from(playlistItems)
    .innerJoin(playlists, eq(playlists.id, playlistItems.playlistId))
    .where(and(eq(playlistItems.videoId, videoId), eq(playlists.ownerId, ownerId)));

/** Ids and places of all items but one, in their order. Meant for a locked playlist; its length is bounded. */
export const listPlaces = (
  tx: Tx,
  { playlistId, except }: { playlistId: string; except?: string },
): Promise<ItemPosition[]> =>
  tx
    .select({ position: playlistItems.position, id: playlistItems.id })
    .from(playlistItems)
    .where(
      and(
        eq(playlistItems.playlistId, playlistId),
        except === undefined ? undefined : sql`${playlistItems.id} <> ${except}::uuid`,
      ),
    )
    .orderBy(asc(playlistItems.position), asc(playlistItems.id));

/** Inserts an item. */
export const insertItem = async (tx: Tx, item: typeof playlistItems.$inferInsert): Promise<void> => {
  await tx.insert(playlistItems).values(item);
};

/** Puts an item at a place. */
export const placeItem = async (tx: Tx, { itemId, position }: { itemId: string; position: number }): Promise<void> => {
  await tx.update(playlistItems).set({ position }).where(eq(playlistItems.id, itemId));
};

/** Puts several items at their places in one statement, for when there is no room left between two. */
export const placeItems = async (tx: Tx, places: readonly ItemPosition[]): Promise<void> => {
  const ids = places.map(({ id }) => id);
  const positions = places.map(({ position }) => position);
  await tx.execute(sql`
    update ${playlistItems} set position = place.position
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(positions)}::bigint[]) as place (id, position)
    where ${playlistItems.id} = place.id`);
};

/** Removes items of a playlist; says how many there were. */
export const deleteItems = async (
  tx: DbOrTx,
  { playlistId, itemIds }: { playlistId: string; itemIds: readonly string[] },
): Promise<number> => {
  const rows = await tx
    .delete(playlistItems)
    .where(and(eq(playlistItems.playlistId, playlistId), inArray(playlistItems.id, [...itemIds])))
    .returning({ id: playlistItems.id });
  return rows.length;
};

/** Ids of all of a playlist's videos in its order, whatever became of them. */
export const listVideoIdsOfPlaylist = async (tx: DbOrTx, playlistId: string): Promise<string[]> => {
  const rows = await tx
    .select({ videoId: playlistItems.videoId })
    .from(playlistItems)
    .where(eq(playlistItems.playlistId, playlistId))
    .orderBy(asc(playlistItems.position), asc(playlistItems.id));
  return rows.map(({ videoId }) => videoId);
};
