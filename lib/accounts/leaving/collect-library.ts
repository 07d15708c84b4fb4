import type { Account } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { listCommentsOf } from "#lib/db/queries/people/comments.ts";
import { listLikesOf } from "#lib/db/queries/people/erase.ts";
import { getPause, listHistory } from "#lib/db/queries/people/history.ts";
import { listVideoIdsOfPlaylist } from "#lib/db/queries/people/playlist-items.ts";
import { findWatchLaterId, listPlaylistRows } from "#lib/db/queries/people/playlists.ts";
import { listFollowedChannels } from "#lib/db/queries/people/subscriptions.ts";

const pageSize = 500;

/** Every row of a list that is asked page by page; `ask` gets the last row so far. */
const everyRow = async <Row>(signal: AbortSignal, ask: (last: Row | undefined) => Promise<Row[]>): Promise<Row[]> => {
  const rows: Row[] = [];
  for (;;) {
    signal.throwIfAborted();
    const page = await ask(rows.at(-1));
    rows.push(...page);
    if (page.length < pageSize) return rows;
  }
};

const playlistsOf = async (ownerId: string, signal: AbortSignal) => {
  const rows = await everyRow<Awaited<ReturnType<typeof listPlaylistRows>>[number]>(signal, (last) =>
    listPlaylistRows(db(), { ownerId, publicOnly: false, after: last?.id, limit: pageSize }),
  );
  const lists: unknown[] = [];
  for (const { id, title, description, visibility, createdAt } of rows) {
    signal.throwIfAborted();
    lists.push({ id, title, description, visibility, createdAt, videoIds: await listVideoIdsOfPlaylist(db(), id) });
  }
  return lists;
};

/** What an account likes, follows, keeps and has watched, as its export tells it; videos stand there by their ids. */
export const collectLibrary = async ({ id: userId, role }: Account, signal: AbortSignal) => {
  const looker = { userId, isAdmin: role === "admin" };
  const watchLaterId = await findWatchLaterId(db(), userId);
  return {
    likes: await everyRow<Awaited<ReturnType<typeof listLikesOf>>[number]>(signal, (last) =>
      listLikesOf(db(), { userId, after: last?.videoId ?? null, limit: pageSize }),
    ),
    subscriptions: await everyRow<Awaited<ReturnType<typeof listFollowedChannels>>[number]>(signal, (last) =>
      listFollowedChannels(db(), { userId, after: last, limit: pageSize }),
    ),
    playlists: await playlistsOf(userId, signal),
    watchLater: watchLaterId === null ? [] : await listVideoIdsOfPlaylist(db(), watchLaterId),
    historyPausedAt: await getPause(db(), userId),
    history: (
      await everyRow<Awaited<ReturnType<typeof listHistory>>[number]>(signal, (last) =>
        listHistory(db(), { looker, after: last, limit: pageSize }),
      )
    ).map(({ videoId, positionMs, watchedAt }) => ({ videoId, positionMs, watchedAt })),
  };
};

/** All that an account wrote under videos and did not delete. */
export const collectComments = ({ id: userId }: Account, signal: AbortSignal) =>
  everyRow<Awaited<ReturnType<typeof listCommentsOf>>[number]>(signal, (last) =>
    listCommentsOf(db(), { userId, after: last?.id ?? null, limit: pageSize }),
  );
