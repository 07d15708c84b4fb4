import { and, asc, eq, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { staleVideoDays, videoDayParts, videoDays, videos, viewMarks, watchSessions } from "#lib/db/schema/index.ts";

/** A day (UTC) of a video. */
export type VideoDay = { videoId: string; day: string };

/** Names of a dimension that are kept apart on a day; the others are told as one. Anybody can invent hosts. */
const mostValues = 100;

/** A day with so many plays is large: to sum it up takes a while, and its numbers hardly move in one. */
const largePlays = 5_000;

/**
 * Takes a day that was marked before a moment away from those whose sums are stale, oldest first, and holds it until the
 * transaction ends; null when none is left that nobody else holds. Large days wait for ten minutes after their mark.
 */
export const takeStaleDay = async (tx: Tx, { markedBefore }: { markedBefore: Date }): Promise<VideoDay | null> => {
  const [row] = await tx
    .select({ videoId: staleVideoDays.videoId, day: staleVideoDays.day })
    .from(staleVideoDays)
    .leftJoin(videoDays, and(eq(videoDays.videoId, staleVideoDays.videoId), eq(videoDays.day, staleVideoDays.day)))
    .where(sql`${staleVideoDays.markedAt} < ${markedBefore.toISOString()}::timestamptz
      - case when coalesce(${videoDays.plays}, 0) < ${largePlays} then interval '0' else interval '10 minutes' end`)
    .orderBy(asc(staleVideoDays.markedAt))
    .limit(1)
    .for("update", { of: staleVideoDays, skipLocked: true });
  if (row === undefined) return null;
  await tx.delete(staleVideoDays).where(and(eq(staleVideoDays.videoId, row.videoId), eq(staleVideoDays.day, row.day)));
  return row;
};

/** Whether any day's sums are stale. */
export const hasStaleDays = async (tx: DbOrTx): Promise<boolean> => {
  const rows = await tx.select({ day: staleVideoDays.day }).from(staleVideoDays).limit(1);
  return rows.length > 0;
};

/** The database's clock, by which days are marked as stale. */
export const databaseNow = async (tx: DbOrTx): Promise<Date> => {
  const [row] = await tx.execute<{ ms: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
  );
  return new Date(row?.ms ?? Number.NaN);
};

const sessionsOf = ({ videoId, day }: VideoDay) =>
  sql`select * from ${watchSessions} where video_id = ${videoId}::uuid and day = ${day}::date`;

/**
 * Makes a day's sums anew from all of its sessions; what stood there is replaced. `startupBoundsMs` are the upper ends of
 * the classes of start-up times, `bucketCount` the parts of the video as it is now: sessions of a file that was divided
 * otherwise are left out of the retention curve.
 */
export const sumUpDay = async (
  tx: Tx,
  {
    videoId,
    day,
    startupBoundsMs,
    bucketCount,
  }: VideoDay & { startupBoundsMs: readonly number[]; bucketCount: number },
): Promise<void> => {
  const bounds = sql`array[${sql.join(
    startupBoundsMs.map((bound) => sql`${bound}::int`),
    sql`, `,
  )}]`;
  await tx.execute(sql`
    with s as (${sessionsOf({ videoId, day })}),
    seen as (
      select bucket, count(*)::int as plays from s, unnest(s.watched) as bucket
      where s.played_ms > 0 and s.bucket_count = ${bucketCount} group by bucket),
    begun as (
      -- width_bucket counts a time on a bound to the class above it; a bound belongs to the class below.
      select width_bucket(s.startup_ms - 1, ${bounds}) as class, count(*)::int as plays
      from s where s.startup_ms is not null group by 1)
    insert into ${videoDays} (video_id, day, views, plays, viewers, watch_ms, retention, retention_plays, startup, stalls,
      stall_ms, stalled_plays, failed_plays)
    select ${videoId}::uuid, ${day}::date, count(*) filter (where counted), count(*) filter (where played_ms > 0),
      count(distinct viewer_key) filter (where played_ms > 0), coalesce(sum(played_ms), 0),
      array(select coalesce(seen.plays, 0) from generate_series(0, ${bucketCount} - 1) as n
        left join seen on seen.bucket = n order by n),
      count(*) filter (where played_ms > 0 and bucket_count = ${bucketCount}),
      array(select coalesce(begun.plays, 0) from generate_series(0, ${startupBoundsMs.length}) as n
        left join begun on begun.class = n order by n),
      coalesce(sum(stalls), 0), coalesce(sum(stall_ms), 0), count(*) filter (where stalls > 0),
      count(*) filter (where played_ms = 0 and errors <> '{}'::jsonb)
    from s
    on conflict (video_id, day) do update set views = excluded.views, plays = excluded.plays,
      viewers = excluded.viewers, watch_ms = excluded.watch_ms, retention = excluded.retention,
      retention_plays = excluded.retention_plays, startup = excluded.startup, stalls = excluded.stalls,
      stall_ms = excluded.stall_ms, stalled_plays = excluded.stalled_plays, failed_plays = excluded.failed_plays`);
};

/** Makes a day's parts anew from all of its sessions; what stood there is replaced. */
export const divideDay = async (tx: Tx, { videoId, day }: VideoDay): Promise<void> => {
  await tx.delete(videoDayParts).where(and(eq(videoDayParts.videoId, videoId), eq(videoDayParts.day, day)));
  await tx.execute(sql`
    with s as (${sessionsOf({ videoId, day })}),
    parts as (
      select 'source' as dimension, source || coalesce(':' || source_host, '') as value, source as other,
        1 as plays, played_ms as ms from s where played_ms > 0
      union all select 'device', device, 'other', 1, played_ms from s where played_ms > 0
      union all select 'browser', browser, 'other', 1, played_ms from s where played_ms > 0
      union all select 'rendition', r.key, '0', 1, r.value::int from s, jsonb_each_text(s.renditions) r where r.value <> '0'
      union all select 'error', e.key, 'other', e.value::int, 0 from s, jsonb_each_text(s.errors) e),
    sums as (select dimension, value, other, sum(plays) as plays, sum(ms) as ms from parts group by 1, 2, 3),
    ranked as (
      select *, row_number() over (partition by dimension order by plays desc, ms desc, value) as place from sums)
    insert into ${videoDayParts} (video_id, day, dimension, value, plays, ms)
    select ${videoId}::uuid, ${day}::date, dimension, case when place <= ${mostValues} then value else other end,
      sum(plays), sum(ms)
    from ranked where plays > 0 group by 3, 4`);
};

/** The length of a video in milliseconds, 0 while nobody knows; null when there is no such video. */
export const findDuration = async (tx: DbOrTx, videoId: string): Promise<number | null> => {
  const [row] = await tx.select({ durationMs: videos.durationMs }).from(videos).where(eq(videos.id, videoId));
  return row === undefined ? null : (row.durationMs ?? 0);
};

/**
 * Removes at most `limit` sessions of days before `day` whose sums are made; gives how many went. In small pieces, so that
 * nobody waits for long.
 */
export const deleteSessionsBefore = async (
  tx: DbOrTx,
  { day, limit }: { day: string; limit: number },
): Promise<number> => {
  const rows = await tx.execute(sql`
    delete from ${watchSessions} where id in (
      select s.id from ${watchSessions} s
      where s.day < ${day}::date and not exists (
        select 1 from ${staleVideoDays} d where d.video_id = s.video_id and d.day = s.day)
      limit ${limit})
    returning 1`);
  return rows.length;
};

/** Removes at most `limit` marks of counted views of days before `day`; gives how many went. */
export const deleteMarksBefore = async (
  tx: DbOrTx,
  { day, limit }: { day: string; limit: number },
): Promise<number> => {
  const rows = await tx.execute(sql`
    delete from ${viewMarks} where (video_id, day, viewer_key) in (
      select video_id, day, viewer_key from ${viewMarks} where day < ${day}::date limit ${limit})
    returning 1`);
  return rows.length;
};
