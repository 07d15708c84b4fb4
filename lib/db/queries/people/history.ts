import { and, eq, sql } from "drizzle-orm";
import type { Db, DbOrTx, Tx } from "#lib/db/client.ts";
import { quietMark } from "#lib/db/queries/instance/quiet-transactions.ts";
import { type Looker, visibleTo } from "#lib/db/queries/videos/visible-to.ts";
import { pausedHistories, videos, watchProgress } from "#lib/db/schema/index.ts";

/** How far somebody came in a video. */
export type ProgressRow = { videoId: string; positionMs: number; watchedAt: Date };
/** The same with whether the video can still be opened. */
export type HistoryRow = ProgressRow & { available: boolean };

/** Whether an account wants nothing written down, and since when. */
export const getPause = async (tx: DbOrTx, userId: string): Promise<Date | null> => {
  const [row] = await tx.select().from(pausedHistories).where(eq(pausedHistories.userId, userId));
  return row?.createdAt ?? null;
};

/** Pauses an account's history, or lets it go on. */
export const putPause = async (tx: Tx, { userId, paused }: { userId: string; paused: boolean }): Promise<void> => {
  if (paused) await tx.insert(pausedHistories).values({ userId }).onConflictDoNothing();
  else await tx.delete(pausedHistories).where(eq(pausedHistories.userId, userId));
};

/**
 * Writes down how far an account came, unless its history is paused or what is known is newer: a device that was offline
 * tells late. In one statement, so that it is never half so; a quiet one (see `markQuiet`), hence on its own.
 */
export const putProgress = async (
  db: Db,
  { userId, videoId, positionMs, agoMs }: { userId: string; videoId: string; positionMs: number; agoMs: number },
): Promise<void> => {
  await db.execute(sql`
    with quiet as (${quietMark()})
    insert into ${watchProgress} (user_id, video_id, position_ms, watched_at)
    select ${userId}::uuid, ${videoId}::uuid, ${positionMs}::int, now() - make_interval(secs => ${agoMs / 1000}::float8)
    where not exists (select 1 from ${pausedHistories} where ${pausedHistories.userId} = ${userId}::uuid)
    on conflict (user_id, video_id) do update
      set position_ms = excluded.position_ms, watched_at = excluded.watched_at
      where ${watchProgress.watchedAt} <= excluded.watched_at`);
};

/** How far an account came in a video; null when that is not known. */
export const findProgress = async (
  tx: DbOrTx,
  { userId, videoId }: { userId: string; videoId: string },
): Promise<ProgressRow | null> => {
  const [row] = await tx
    .select()
    .from(watchProgress)
    .where(and(eq(watchProgress.userId, userId), eq(watchProgress.videoId, videoId)));
  return row ?? null;
};

/** What an account watched, the latest first, with what can no longer be opened. */
export const listHistory = (
  tx: DbOrTx,
  {
    looker,
    after,
    limit,
  }: { looker: Looker & { userId: string }; after: { watchedAt: Date; videoId: string } | undefined; limit: number },
): Promise<HistoryRow[]> =>
  tx
    .select({
      videoId: watchProgress.videoId,
      positionMs: watchProgress.positionMs,
      watchedAt: watchProgress.watchedAt,
      available: sql<boolean>`${videos.id} is not null`,
    })
    .from(watchProgress)
    .leftJoin(videos, and(eq(videos.id, watchProgress.videoId), visibleTo(tx, looker)))
    .where(
      and(
        eq(watchProgress.userId, looker.userId),
        after === undefined
          ? undefined
          : sql`(${watchProgress.watchedAt}, ${watchProgress.videoId})
              < (${after.watchedAt.toISOString()}::timestamptz, ${after.videoId}::uuid)`,
      ),
    )
    // NULLS LAST is how the index is built; without the words PostgreSQL would sort instead of reading it.
    .orderBy(sql`${watchProgress.watchedAt} desc nulls last`, sql`${watchProgress.videoId} desc nulls last`)
    .limit(limit);

/** Forgets one video of an account's history, or with null all of it. */
export const deleteHistory = async (
  tx: DbOrTx,
  { userId, videoId }: { userId: string; videoId: string | null },
): Promise<void> => {
  await tx
    .delete(watchProgress)
    .where(and(eq(watchProgress.userId, userId), videoId === null ? undefined : eq(watchProgress.videoId, videoId)));
};
