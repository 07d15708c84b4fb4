import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, encodeCursor } from "#lib/admin/page-cursor.ts";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  deleteItems,
  findItem,
  findItemOfVideo,
  type ItemPosition,
  insertItem,
  listItems,
  listPlaces,
  placeItem,
  placeItems,
} from "#lib/db/queries/people/playlist-items.ts";
import { findWatchLaterId, updatePlaylist } from "#lib/db/queries/people/playlists.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema, newId } from "#lib/ids.ts";
import { callerOf, lookerOf } from "#lib/library/caller.ts";
import type {
  LibraryQuery,
  PlacedItemDto,
  PlaylistItemPageDto,
  SavedDto,
  WatchLaterPageDto,
} from "#lib/library/dto.ts";
import { ownsPlaylist, requireOwnPlaylist, requireVisiblePlaylist } from "#lib/library/playlist-policy.ts";
import { watchLaterOf } from "#lib/library/playlists.ts";
import { positionBetween, spread } from "#lib/library/position.ts";
import { shownVideos } from "#lib/library/shown-videos.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

/** How many videos a playlist holds: a move under its lock reads their places. */
export const mostItems = 500;

type Asked = { viewer: Viewer; playlistId: string };

const positionSchema = z.tuple([z.number().int(), idSchema]);

/**
 * A page of a playlist in its order. Videos that one may not see are left out, of a public one also those that are in no
 * list; its owner sees that something was there. Throws `not_found` for a playlist that the viewer may not see, and
 * `invalid_input` for a cursor that is not ours.
 */
export const listPlaylistItems = async ({
  viewer,
  playlistId,
  query: { cursor, limit },
  locale,
}: Asked & { query: LibraryQuery; locale?: Locale | undefined }): Promise<PlaylistItemPageDto> => {
  const playlist = await requireVisiblePlaylist(db(), { viewer, playlistId });
  const [position, id] = decodeCursor(positionSchema, cursor) ?? [];
  const after = position === undefined || id === undefined ? undefined : { position, id };
  const all = ownsPlaylist(viewer, playlist);
  const rows = await listItems(db(), { playlistId, looker: lookerOf(viewer), all, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const available = page.filter((row) => row.available).map((row) => row.videoId);
  const shown = await shownVideos(db(), available, { viewer, locale });
  const items = page.map((row) => ({
    ...{ id: row.id, video: shown.get(row.videoId) ?? null },
    addedAt: row.createdAt.toISOString(),
  }));
  return {
    items: all ? items : items.filter(({ video }) => video !== null),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.position, last.id]) : null,
  };
};

/** A place between two of a locked playlist's items; all get new ones when there is no room left. */
const placeAt = async (tx: Tx, { places, index }: { places: readonly ItemPosition[]; index: number }) => {
  const position = positionBetween(places[index - 1]?.position ?? null, places[index]?.position ?? null);
  if (position !== null) return position;
  const positions = spread(places.length + 1);
  const others = positions.filter((_, place) => place !== index);
  await placeItems(
    tx,
    places.map(({ id }, place) => ({ id, position: others[place] ?? 0 })),
  );
  return positions[index] ?? 0;
};

const addTo = async (
  tx: Tx,
  { playlistId, videoId, first }: { playlistId: string; videoId: string; first: boolean },
): Promise<PlacedItemDto> => {
  const known = await findItemOfVideo(tx, { playlistId, videoId });
  if (known !== null) return { id: known.id, playlistId };
  const places = await listPlaces(tx, { playlistId });
  if (places.length >= mostItems) {
    throw new AppError("conflict", {
      message: `A playlist holds at most ${mostItems} videos.`,
      hint: "Remove some, or make another one.",
    });
  }
  const id = newId();
  const position = await placeAt(tx, { places, index: first ? 0 : places.length });
  await insertItem(tx, { id, playlistId, videoId, position });
  await updatePlaylist(tx, { playlistId, changes: {} });
  return { id, playlistId };
};

/**
 * Puts a video at a playlist's end; one that is there stays where it is. Throws `unauthenticated`, `not_found` for a
 * playlist or a video that the caller may not see, `forbidden` for other people's playlists and `conflict` for a full one.
 */
export const addPlaylistItem = ({ viewer, playlistId, videoId }: Asked & { videoId: string }): Promise<PlacedItemDto> =>
  transaction(async (tx) => {
    await requireOwnPlaylist(tx, { viewer, playlistId });
    await requireVisibleVideo(tx, { viewer, videoId });
    return addTo(tx, { playlistId, videoId, first: false });
  });

/**
 * Puts an item behind another one, or first: one row changes. Throws `unauthenticated`, `not_found`, `forbidden` for other
 * people's playlists, and `conflict` when the other item is gone.
 */
export const movePlaylistItem = ({
  viewer,
  playlistId,
  itemId,
  afterId,
}: Asked & { itemId: string; afterId: string | null }): Promise<void> =>
  transaction(async (tx) => {
    await requireOwnPlaylist(tx, { viewer, playlistId });
    if ((await findItem(tx, { playlistId, itemId })) === null) throw new AppError("not_found");
    if (afterId === itemId) return;
    const places = await listPlaces(tx, { playlistId, except: itemId });
    const before = afterId === null ? -1 : places.findIndex(({ id }) => id === afterId);
    if (afterId !== null && before === -1) {
      throw new AppError("conflict", {
        message: "The item that it should come after is no longer in this playlist.",
        hint: "Read the playlist again.",
      });
    }
    await placeItem(tx, { itemId, position: await placeAt(tx, { places, index: before + 1 }) });
    await updatePlaylist(tx, { playlistId, changes: {} });
  });

/** Takes an item out of a playlist. Throws `unauthenticated`, `not_found`, and `forbidden` for other people's playlists. */
export const removePlaylistItem = ({ viewer, playlistId, itemId }: Asked & { itemId: string }): Promise<void> =>
  transaction(async (tx) => {
    await requireOwnPlaylist(tx, { viewer, playlistId });
    if ((await deleteItems(tx, { playlistId, itemIds: [itemId] })) === 0) throw new AppError("not_found");
    await updatePlaylist(tx, { playlistId, changes: {} });
  });

/** The caller's list of what to watch later, the latest first. Throws `unauthenticated`. */
export const listWatchLater = async (input: {
  viewer: Viewer;
  query: LibraryQuery;
  locale?: Locale | undefined;
}): Promise<WatchLaterPageDto> => {
  const { account } = callerOf(input.viewer);
  const playlistId = await watchLaterOf(db(), account.id);
  return { ...(await listPlaylistItems({ ...input, playlistId })), playlistId };
};

/** Whether a video is among what the caller watches later; one that they may no longer see too. Throws `unauthenticated`. */
export const isWatchedLater = async ({ viewer, videoId }: { viewer: Viewer; videoId: string }): Promise<SavedDto> => {
  const { account } = callerOf(viewer);
  const playlistId = await findWatchLaterId(db(), account.id);
  return { saved: playlistId !== null && (await findItemOfVideo(db(), { playlistId, videoId })) !== null };
};

/** Puts a video on top of what the caller watches later; repeating it changes nothing. Throws like `addPlaylistItem`. */
export const watchLater = ({ viewer, videoId }: { viewer: Viewer; videoId: string }): Promise<PlacedItemDto> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    const playlistId = await watchLaterOf(tx, account.id);
    await requireOwnPlaylist(tx, { viewer, playlistId });
    await requireVisibleVideo(tx, { viewer, videoId });
    return addTo(tx, { playlistId, videoId, first: true });
  });

/** Takes a video off that list, also one that is no longer there to see; repeating it changes nothing. Throws `unauthenticated`. */
export const notWatchLater = ({ viewer, videoId }: { viewer: Viewer; videoId: string }): Promise<void> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    const playlistId = await watchLaterOf(tx, account.id);
    await requireOwnPlaylist(tx, { viewer, playlistId });
    const item = await findItemOfVideo(tx, { playlistId, videoId });
    if (item === null) return;
    await deleteItems(tx, { playlistId, itemIds: [item.id] });
    await updatePlaylist(tx, { playlistId, changes: {} });
  });
