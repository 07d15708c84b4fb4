import type { Viewer } from "#lib/accounts/viewer.ts";
import { divided, qualityDto, totalOf } from "#lib/analytics/divide.ts";
import type { AnalyticsQuery, VideoAnalyticsDto } from "#lib/analytics/dto.ts";
import { daysOf, type Period, periodOf } from "#lib/analytics/period.ts";
import { requireWatchedVideo } from "#lib/analytics/policy.ts";
import { bucketCountOf } from "#lib/analytics/retention-buckets.ts";
import { db } from "#lib/db/client.ts";
import {
  type AskedDays,
  partsOf,
  qualityOf,
  retentionOf,
  type WatchNumbers,
  watchedByDay,
} from "#lib/db/queries/analytics/read.ts";

const nothing: WatchNumbers = { views: 0, plays: 0, viewers: 0, watchMs: 0 };

/** Everything that videos and channels are told alike: numbers day by day, without a gap, what they divide into, quality. */
export const readPeriod = async (of: AskedDays["of"], period: Period) => {
  const asked = { of, ...period };
  const [rows, parts, quality] = await Promise.all([
    watchedByDay(db(), asked),
    partsOf(db(), asked),
    qualityOf(db(), asked),
  ]);
  const found = new Map(rows.map((row) => [row.day, row]));
  const days = daysOf(period).map((day) => found.get(day) ?? { day, ...nothing });
  const totals = totalOf(days);
  return {
    ...period,
    totals,
    days,
    ...divided(parts),
    quality: qualityDto(quality, { parts, watchMs: totals.watchMs }),
  };
};

const retention = async (input: {
  videoId: string;
  durationMs: number | null;
  period: Period;
}): Promise<VideoAnalyticsDto["retention"]> => {
  const { videoId, durationMs, period } = input;
  if (durationMs === null || durationMs <= 0) return null;
  const bucketCount = bucketCountOf(durationMs);
  const { plays, seen } = await retentionOf(db(), { of: { videoId }, ...period, bucketCount });
  return plays === 0 ? null : { durationMs, plays, points: seen.map((count) => Math.min(1, count / plays)) };
};

/**
 * How a video was watched. For members of its channel and admins; throws `unauthenticated`, `not_found`, `forbidden`, and
 * `invalid_input` for days that are none.
 */
export const getVideoAnalytics = async (input: {
  viewer: Viewer;
  videoId: string;
  query?: AnalyticsQuery;
}): Promise<VideoAnalyticsDto> => {
  const { viewer, videoId, query = {} } = input;
  const { durationMs } = await requireWatchedVideo(db(), { viewer, videoId });
  const period = periodOf(query, new Date());
  const [common, curve] = await Promise.all([
    readPeriod({ videoId }, period),
    retention({ videoId, durationMs, period }),
  ]);
  return { ...common, retention: curve };
};
