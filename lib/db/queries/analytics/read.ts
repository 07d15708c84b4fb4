import { and, asc, between, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { videoDayParts, videoDays, videos } from "#lib/db/schema/index.ts";

/** Whose days are asked for: a video's, or those of all videos of a channel that are not deleted; days are inclusive. */
export type AskedDays = { of: { videoId: string } | { channelId: string }; from: string; to: string };

const sum = (column: SQL | typeof videoDays.views) => sql<number>`coalesce(sum(${column}), 0)::float8`;

const numbers = {
  views: sum(videoDays.views),
  plays: sum(videoDays.plays),
  viewers: sum(videoDays.viewers),
  watchMs: sum(videoDays.watchMs),
};

/** Views, plays, viewers of a day, and milliseconds. */
export type WatchNumbers = { views: number; plays: number; viewers: number; watchMs: number };

const ofWhom = (tx: DbOrTx, column: typeof videoDays.videoId | typeof videoDayParts.videoId, of: AskedDays["of"]) =>
  "videoId" in of
    ? eq(column, of.videoId)
    : inArray(
        column,
        tx
          .select({ id: videos.id })
          .from(videos)
          .where(and(eq(videos.channelId, of.channelId), sql`${videos.deletedAt} is null`)),
      );

const asked = (tx: DbOrTx, { of, from, to }: AskedDays) =>
  and(ofWhom(tx, videoDays.videoId, of), between(videoDays.day, from, to));

/** What was watched day by day, oldest first; days without anything are left out. */
export const watchedByDay = (tx: DbOrTx, days: AskedDays): Promise<({ day: string } & WatchNumbers)[]> =>
  tx
    .select({ day: videoDays.day, ...numbers })
    .from(videoDays)
    .where(asked(tx, days))
    .groupBy(videoDays.day)
    .orderBy(asc(videoDays.day));

/** How well playback went. `startup`: plays by class of start-up time. */
export type QualitySums = {
  startup: number[];
  stalls: number;
  stallMs: number;
  stalledPlays: number;
  failedPlays: number;
};

/** How well playback went over these days. */
export const qualityOf = async (tx: DbOrTx, days: AskedDays): Promise<QualitySums> => {
  const [row] = await tx
    .select({
      stalls: sum(videoDays.stalls),
      stallMs: sum(videoDays.stallMs),
      stalledPlays: sum(videoDays.stalledPlays),
      failedPlays: sum(videoDays.failedPlays),
    })
    .from(videoDays)
    .where(asked(tx, days));
  const classes = await tx.execute<{ plays: number }>(sql`
    select coalesce(sum(c.plays), 0)::float8 as plays
    from ${videoDays}, unnest(${videoDays.startup}) with ordinality as c(plays, class)
    where ${asked(tx, days)} group by c.class order by c.class`);
  const startup = classes.map(({ plays }) => plays);
  return { startup, ...(row ?? { stalls: 0, stallMs: 0, stalledPlays: 0, failedPlays: 0 }) };
};

/** How many plays saw each part of a video over these days, of days on which it was divided into so many. */
export const retentionOf = async (
  tx: DbOrTx,
  { bucketCount, ...days }: AskedDays & { bucketCount: number },
): Promise<{ plays: number; seen: number[] }> => {
  const divided = and(asked(tx, days), sql`cardinality(${videoDays.retention}) = ${bucketCount}`);
  const [row] = await tx
    .select({ plays: sum(videoDays.retentionPlays) })
    .from(videoDays)
    .where(divided);
  const seen = await tx.execute<{ plays: number }>(sql`
    select sum(b.plays)::float8 as plays from ${videoDays}, unnest(${videoDays.retention}) with ordinality as b(plays, bucket)
    where ${divided} group by b.bucket order by b.bucket`);
  return { plays: row?.plays ?? 0, seen: seen.map(({ plays }) => plays) };
};

/** A part of what was watched: `value` of a `dimension`. */
export type WatchPart = {
  dimension: (typeof videoDayParts.$inferSelect)["dimension"];
  value: string;
  plays: number;
  ms: number;
};

/** What was watched divided by everything it is divided by, most plays first. */
export const partsOf = (tx: DbOrTx, { of, from, to }: AskedDays): Promise<WatchPart[]> => {
  const plays = sql<number>`sum(${videoDayParts.plays})::float8`;
  return tx
    .select({
      ...{ dimension: videoDayParts.dimension, value: videoDayParts.value, plays },
      ms: sql<number>`sum(${videoDayParts.ms})::float8`,
    })
    .from(videoDayParts)
    .where(and(ofWhom(tx, videoDayParts.videoId, of), between(videoDayParts.day, from, to)))
    .groupBy(videoDayParts.dimension, videoDayParts.value)
    .orderBy(desc(plays), asc(videoDayParts.value));
};

const titled = { id: videos.id, title: videos.title, durationMs: videos.durationMs };

/** The videos of a channel that were viewed most in these days, at most `limit`; those that nobody played are left out. */
export const mostViewedOf = (
  tx: DbOrTx,
  { channelId, from, to, limit }: { channelId: string; from: string; to: string; limit: number },
): Promise<(WatchNumbers & { id: string; title: string; durationMs: number | null })[]> =>
  tx
    .select({ ...titled, ...numbers })
    .from(videoDays)
    .innerJoin(videos, eq(videos.id, videoDays.videoId))
    .where(and(asked(tx, { of: { channelId }, from, to })))
    .groupBy(videos.id)
    .orderBy(desc(numbers.views), desc(numbers.watchMs), asc(videos.id))
    .limit(limit);

/** A line of a table of days: of one video on one day. */
export type WatchedLine = WatchNumbers & QualitySums & { day: string; videoId: string; title: string };

/** Every day of every video asked for, oldest first, at most `limit`. */
export const watchedLines = (tx: DbOrTx, { limit, ...days }: AskedDays & { limit: number }): Promise<WatchedLine[]> =>
  tx
    .select({
      ...{
        day: videoDays.day,
        videoId: videos.id,
        title: videos.title,
        views: videoDays.views,
        plays: videoDays.plays,
      },
      ...{ viewers: videoDays.viewers, watchMs: videoDays.watchMs, startup: videoDays.startup },
      ...{ stalls: videoDays.stalls, stallMs: videoDays.stallMs, stalledPlays: videoDays.stalledPlays },
      failedPlays: videoDays.failedPlays,
    })
    .from(videoDays)
    .innerJoin(videos, eq(videos.id, videoDays.videoId))
    .where(asked(tx, days))
    .orderBy(asc(videoDays.day), asc(videos.id))
    .limit(limit);
