import { addressUnconfirmed, isAddressGoodEnough } from "#lib/accounts/confirmed-address.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, encodeCursor } from "#lib/admin/page-cursor.ts";
import { requireChannel } from "#lib/channels/policy.ts";
import { type DbOrTx, db, type Tx, transaction } from "#lib/db/client.ts";
import { lockUser } from "#lib/db/queries/accounts/users.ts";
import { findPersonOfChannel } from "#lib/db/queries/channels/channels.ts";
import { listItemsOfVideo } from "#lib/db/queries/people/playlist-items.ts";
import {
  deletePlaylist,
  findPlaylist,
  findWatchLaterId,
  hasAsManyPlaylists,
  insertPlaylist,
  listPlaylistRows,
  type PlaylistRow,
  updatePlaylist,
} from "#lib/db/queries/people/playlists.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema, newId } from "#lib/ids.ts";
import { callerOf } from "#lib/library/caller.ts";
import type {
  LibraryQuery,
  NewPlaylist,
  PlaylistDto,
  PlaylistPageDto,
  PlaylistPatch,
  PlaylistQuery,
} from "#lib/library/dto.ts";
import { requireOwnPlaylist, requireVisiblePlaylist } from "#lib/library/playlist-policy.ts";
import { toPlaylistDtos } from "#lib/library/to-playlist-dto.ts";

/** How many playlists an account may have, its list of what to watch later included. */
export const mostPlaylists = 500;

type Asked = { viewer: Viewer; playlistId: string };

const toDto = async (tx: DbOrTx, row: PlaylistRow | null, viewer: Viewer): Promise<PlaylistDto> => {
  const [dto] = row === null ? [] : await toPlaylistDtos(tx, [row], { viewer });
  if (dto === undefined) throw new AppError("not_found");
  return dto;
};

/** A playlist by its address. Throws `not_found` for what the viewer may not see. */
export const getPlaylist = async ({ viewer, playlistId }: Asked): Promise<PlaylistDto> =>
  toDto(db(), await requireVisiblePlaylist(db(), { viewer, playlistId }), viewer);

/**
 * The caller's playlists, the newest first; with `video` each tells which of its items holds that one. Throws
 * `unauthenticated`, and `invalid_input` for a cursor that is not ours.
 */
export const listOwnPlaylists = async ({
  viewer,
  query,
}: {
  viewer: Viewer;
  query: PlaylistQuery;
}): Promise<PlaylistPageDto> => {
  const { account } = callerOf(viewer);
  const { cursor, limit, video: videoId } = query;
  const after = decodeCursor(idSchema, cursor);
  const rows = await listPlaylistRows(db(), { ownerId: account.id, publicOnly: false, after, limit: limit + 1 });
  const found = videoId === undefined ? [] : await listItemsOfVideo(db(), { ownerId: account.id, videoId });
  const itemIds = new Map(found.map(({ playlistId, itemId }) => [playlistId, itemId]));
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await toPlaylistDtos(db(), page, { viewer, itemIds }),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last.id) : null,
  };
};

/**
 * Public playlists of whoever stands behind a channel, the newest first: of the channel that came with an account, so that
 * nobody's lists stand on a channel that several share. Throws `not_found`, and `invalid_input` for a cursor that is not ours.
 */
export const listChannelPlaylists = async ({
  viewer,
  handle,
  query: { cursor, limit },
}: {
  viewer: Viewer;
  handle: string;
  query: LibraryQuery;
}): Promise<PlaylistPageDto> => {
  const channel = await requireChannel(db(), handle);
  const after = decodeCursor(idSchema, cursor);
  if ((await findPersonOfChannel(db(), channel.id)) === null) return { items: [], nextCursor: null };
  const filter = { ownerId: channel.ownerId, publicOnly: true, after, limit: limit + 1 };
  const rows = await listPlaylistRows(db(), filter);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await toPlaylistDtos(db(), page, { viewer }),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(last.id) : null,
  };
};

const refuseTooMany = async (tx: Tx, ownerId: string): Promise<void> => {
  // Nobody gets past the limit by many requests at once.
  await lockUser(tx, ownerId);
  if (!(await hasAsManyPlaylists(tx, { ownerId, most: mostPlaylists }))) return;
  throw new AppError("conflict", {
    message: `An account has at most ${mostPlaylists} playlists.`,
    hint: "Delete one that you no longer need.",
  });
};

// What strangers can read is under the rule that uploads are under.
const refuseUnconfirmed = async (viewer: Viewer, visibility: string | undefined): Promise<void> => {
  if (viewer === null || visibility === undefined || visibility === "private") return;
  if (!(await isAddressGoodEnough(viewer))) throw addressUnconfirmed();
};

/** Makes a playlist. Throws `unauthenticated`, `address_unconfirmed` for an open one where that is asked for, and `conflict` when there are too many. */
export const createPlaylist = async ({
  viewer,
  playlist,
}: {
  viewer: Viewer;
  playlist: NewPlaylist;
}): Promise<PlaylistDto> => {
  await refuseUnconfirmed(viewer, playlist.visibility);
  return transaction(async (tx) => {
    const { account } = callerOf(viewer);
    await refuseTooMany(tx, account.id);
    const id = newId();
    await insertPlaylist(tx, { id, ownerId: account.id, ...playlist });
    return toDto(tx, await findPlaylist(tx, { playlistId: id }), viewer);
  });
};

const fixed = () =>
  new AppError("conflict", {
    message: "The list of what to watch later keeps its name, stays private and stays.",
    hint: "Remove its items, or make a playlist.",
  });

/**
 * Changes a playlist's texts or visibility. Throws `unauthenticated`, `not_found`, `forbidden` for other people's,
 * `address_unconfirmed` like `createPlaylist`, and `conflict` for the list of what to watch later.
 */
export const editPlaylist = async ({
  viewer,
  playlistId,
  patch,
}: Asked & { patch: PlaylistPatch }): Promise<PlaylistDto> => {
  await refuseUnconfirmed(viewer, patch.visibility);
  return transaction(async (tx) => {
    const { playlist } = await requireOwnPlaylist(tx, { viewer, playlistId });
    if (playlist.kind === "watch_later") throw fixed();
    const changes = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    await updatePlaylist(tx, { playlistId, changes });
    return toDto(tx, await findPlaylist(tx, { playlistId }), viewer);
  });
};

/** Removes a playlist for good; its videos stay where they are. Throws like `editPlaylist`. */
export const removePlaylist = ({ viewer, playlistId }: Asked): Promise<void> =>
  transaction(async (tx) => {
    const { playlist } = await requireOwnPlaylist(tx, { viewer, playlistId });
    if (playlist.kind === "watch_later") throw fixed();
    await deletePlaylist(tx, playlistId);
  });

/** The id of the caller's list of what to watch later, made when there is none. */
export const watchLaterOf = async (tx: DbOrTx, ownerId: string): Promise<string> => {
  const found = await findWatchLaterId(tx, ownerId);
  if (found !== null) return found;
  const values = { ownerId, kind: "watch_later", title: "", visibility: "private" } as const;
  const id = newId();
  if (await insertPlaylist(tx, { id, ...values })) return id;
  const made = await findWatchLaterId(tx, ownerId);
  if (made === null) throw new AppError("internal", { context: { ownerId, reason: "no list of what to watch later" } });
  return made;
};
