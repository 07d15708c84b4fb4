import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { decodeCursor, encodeCursor } from "#lib/admin/page-cursor.ts";
import { db, transaction } from "#lib/db/client.ts";
import {
  deleteHistory,
  findProgress,
  getPause,
  listHistory as listHistoryRows,
  putPause,
  putProgress,
} from "#lib/db/queries/people/history.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { idSchema } from "#lib/ids.ts";
import { callerOf } from "#lib/library/caller.ts";
import type {
  HistoryPageDto,
  HistoryStateDto,
  LibraryQuery,
  WatchProgressChange,
  WatchProgressDto,
} from "#lib/library/dto.ts";
import { resumeAt } from "#lib/library/resume-at.ts";
import { shownVideos } from "#lib/library/shown-videos.ts";
import { requireVisibleVideo } from "#lib/videos/policy.ts";

type Asked = { viewer: Viewer; videoId: string };

/** Where the caller goes on in a video. Throws `unauthenticated`, and `not_found` for what they may not see. */
export const readWatchProgress = async ({ viewer, videoId }: Asked): Promise<WatchProgressDto> => {
  const { account } = callerOf(viewer);
  const { durationMs } = await requireVisibleVideo(db(), { viewer, videoId });
  const row = await findProgress(db(), { userId: account.id, videoId });
  if (row === null) return { positionMs: null, watchedAt: null };
  return { positionMs: resumeAt({ positionMs: row.positionMs, durationMs }), watchedAt: row.watchedAt.toISOString() };
};

/**
 * Writes down how far the caller has come, unless their history is paused or something newer is known. Repeating it is
 * fine. Throws like `readWatchProgress`.
 */
export const keepWatchProgress = async ({
  viewer,
  videoId,
  change: { positionMs, agoMs },
}: Asked & { change: WatchProgressChange }): Promise<void> => {
  const { account } = callerOf(viewer);
  await requireVisibleVideo(db(), { viewer, videoId });
  await putProgress(db(), { userId: account.id, videoId, positionMs, agoMs });
};

const positionSchema = z.tuple([z.iso.datetime().pipe(z.coerce.date()), idSchema]);

/**
 * What the caller watched, the latest first; what is no longer available stands there without its video. Throws
 * `unauthenticated`, and `invalid_input` for a cursor that is not ours.
 */
export const listHistory = async ({
  viewer,
  query: { cursor, limit },
  locale,
}: {
  viewer: Viewer;
  query: LibraryQuery;
  locale?: Locale | undefined;
}): Promise<HistoryPageDto> => {
  const { account, looker } = callerOf(viewer);
  const [watchedAt, videoId] = decodeCursor(positionSchema, cursor) ?? [];
  const after = watchedAt === undefined || videoId === undefined ? undefined : { watchedAt, videoId };
  const [rows, pausedAt] = await Promise.all([
    listHistoryRows(db(), { looker, after, limit: limit + 1 }),
    getPause(db(), account.id),
  ]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const available = page.filter((row) => row.available).map((row) => row.videoId);
  const shown = await shownVideos(db(), available, { viewer, locale });
  return {
    items: page.map((row) => ({
      ...{ videoId: row.videoId, video: shown.get(row.videoId) ?? null },
      ...{ positionMs: row.positionMs, watchedAt: row.watchedAt.toISOString() },
    })),
    nextCursor:
      rows.length > limit && last !== undefined ? encodeCursor([last.watchedAt.toISOString(), last.videoId]) : null,
    pausedAt: pausedAt?.toISOString() ?? null,
  };
};

/** Stops writing down what the caller watches, or goes on with it; what is there stays. Throws `unauthenticated`. */
export const pauseHistory = ({ viewer, paused }: { viewer: Viewer; paused: boolean }): Promise<HistoryStateDto> =>
  transaction(async (tx) => {
    const { account } = callerOf(viewer);
    await putPause(tx, { userId: account.id, paused });
    return { pausedAt: (await getPause(tx, account.id))?.toISOString() ?? null };
  });

/** Forgets one video of the caller's history, or with null all of it, where they stopped too. Throws `unauthenticated`. */
export const forgetHistory = async ({ viewer, videoId }: { viewer: Viewer; videoId: string | null }): Promise<void> => {
  const { account } = callerOf(viewer);
  await deleteHistory(db(), { userId: account.id, videoId });
};
