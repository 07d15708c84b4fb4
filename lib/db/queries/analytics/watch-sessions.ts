import { asc, inArray, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/client.ts";
import { staleVideoDays, videos, viewMarks, watchSessions } from "#lib/db/schema/index.ts";

/** A session as stored. */
export type WatchSessionRow = typeof watchSessions.$inferSelect;

/** What decides about sessions of a video. */
export type WatchedVideo = { id: string; durationMs: number | null; gone: boolean };

/** What decides about sessions of these videos; those that are no more are absent. `gone`: deleted or taken down. */
export const findWatchedVideos = async (tx: Tx, videoIds: readonly string[]): Promise<WatchedVideo[]> =>
  videoIds.length === 0
    ? []
    : tx
        .select({
          id: videos.id,
          durationMs: videos.durationMs,
          gone: sql<boolean>`${videos.deletedAt} is not null or ${videos.takenDownAt} is not null`,
        })
        .from(videos)
        .where(inArray(videos.id, [...videoIds]));

/**
 * The sessions as they stand, locked until the transaction ends; those that are not there yet are begun as given. In one
 * order for all processes, so that two of them never wait for each other in a ring.
 */
export const holdWatchSessions = async (tx: Tx, begun: readonly WatchSessionRow[]): Promise<WatchSessionRow[]> => {
  if (begun.length === 0) return [];
  const sorted = begun.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  await tx.insert(watchSessions).values(sorted).onConflictDoNothing();
  const ids = sorted.map(({ id }) => id);
  return tx
    .select()
    .from(watchSessions)
    .where(inArray(watchSessions.id, ids))
    .orderBy(asc(watchSessions.id))
    .for("update");
};

/** Stores what became of held sessions, in one statement. */
export const storeWatchSessions = async (tx: Tx, rows: readonly WatchSessionRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const told = rows.map((row) => ({
    ...{ id: row.id, reported_at: row.reportedAt, seq: row.seq, beats: row.beats, played_ms: row.playedMs },
    ...{ watched: row.watched, startup_ms: row.startupMs, stalls: row.stalls, stall_ms: row.stallMs },
    ...{ renditions: row.renditions, errors: row.errors, counted: row.counted },
  }));
  await tx.execute(sql`
    update ${watchSessions} s
    set reported_at = d.reported_at, seq = d.seq, beats = d.beats, played_ms = d.played_ms, watched = d.watched,
      startup_ms = d.startup_ms, stalls = d.stalls, stall_ms = d.stall_ms, renditions = d.renditions,
      errors = d.errors, counted = d.counted
    from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as d(
      id uuid, reported_at timestamptz, seq int, beats int, played_ms int, watched smallint[], startup_ms int,
      stalls int, stall_ms int, renditions jsonb, errors jsonb, counted boolean)
    where s.id = d.id`);
};

/** A view that may be counted. */
export type NewView = { videoId: string; day: string; viewerKey: Buffer; addressKey: Buffer | null };

const nameOf = ({ videoId, day, addressKey }: NewView) => `${videoId} ${day} ${addressKey?.toString("hex") ?? ""}`;

/** How many views of each address were counted, by `videoId day address`. */
const countedByAddress = async (tx: Tx, views: readonly NewView[]): Promise<Map<string, number>> => {
  const asked = views.flatMap(({ videoId, day, addressKey }) =>
    addressKey === null ? [] : [{ video_id: videoId, day, address: addressKey.toString("hex") }],
  );
  if (asked.length === 0) return new Map();
  const rows = await tx.execute<{ video_id: string; day: string; address: string; count: number }>(sql`
    select m.video_id, m.day::text as day, a.address, count(*)::int as count
    from (select distinct * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
      as d(video_id uuid, day date, address text)) a
    join ${viewMarks} m on m.video_id = a.video_id and m.day = a.day and m.address_key = decode(a.address, 'hex')
    group by 1, 2, 3`);
  return new Map(rows.map((row) => [`${row.video_id} ${row.day} ${row.address}`, row.count]));
};

/**
 * Marks views as counted and gives those that were not before: one per viewer, video and day, and at most `perAddress` of
 * strangers behind one address.
 */
export const markViews = async (
  tx: Tx,
  { views, perAddress }: { views: readonly NewView[]; perAddress: number },
): Promise<NewView[]> => {
  const counted = await countedByAddress(tx, views);
  const once = new Map(views.map((view) => [`${view.videoId} ${view.day} ${view.viewerKey.toString("hex")}`, view]));
  const admitted = [...once]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, view]) => {
      if (view.addressKey === null) return [view];
      const before = counted.get(nameOf(view)) ?? 0;
      counted.set(nameOf(view), before + 1);
      return before < perAddress ? [view] : [];
    });
  if (admitted.length === 0) return [];
  return tx.insert(viewMarks).values(admitted).onConflictDoNothing().returning();
};

/** Views of a video that were counted at once, and their score (lib/analytics/trend-score.ts). */
export type CountedViews = { videoId: string; views: number; score: number };

/** Adds counted views to their videos: the number, and the score as `addScores` does it. */
export const addViews = async (tx: Tx, counted: readonly CountedViews[]): Promise<void> => {
  if (counted.length === 0) return;
  const ids = counted.map(({ videoId }) => videoId);
  await tx
    .select({ id: videos.id })
    .from(videos)
    .where(inArray(videos.id, ids))
    .orderBy(asc(videos.id))
    .for("no key update");
  await tx.execute(sql`
    update ${videos} v
    set view_count = v.view_count + d.views,
      trend_score = case when v.trend_score = 0 then d.score
        else greatest(v.trend_score, d.score)
          + ln(1 + power(2::float8, greatest(-60, -abs(v.trend_score - d.score)))) / ln(2::float8) end
    from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as d("videoId" uuid, views bigint, score float8)
    where v.id = d."videoId"`);
};

/** Says that the sums of these days are not those of their sessions any more; after all other changes of the transaction. */
export const markStale = async (tx: Tx, days: readonly { videoId: string; day: string }[]): Promise<void> => {
  const once = new Map(days.map(({ videoId, day }) => [`${videoId} ${day}`, { videoId, day }]));
  const rows = [...once].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  if (rows.length === 0) return;
  await tx
    .insert(staleVideoDays)
    .values(rows.map((row) => ({ ...row, markedAt: sql`now()` })))
    // Touched though it is there: a roll-up that takes the row away waits, and sees what this transaction wrote. The time
    // stays that of the first report since the last roll-up.
    .onConflictDoUpdate({
      target: [staleVideoDays.videoId, staleVideoDays.day],
      set: { markedAt: sql`${staleVideoDays.markedAt}` },
    });
};
