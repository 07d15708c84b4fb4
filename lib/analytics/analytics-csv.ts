import type { Viewer } from "#lib/accounts/viewer.ts";
import { toCsv } from "#lib/analytics/csv.ts";
import { stallRatio } from "#lib/analytics/divide.ts";
import type { AnalyticsQuery } from "#lib/analytics/dto.ts";
import { periodOf } from "#lib/analytics/period.ts";
import { requireWatchedVideo } from "#lib/analytics/policy.ts";
import { startupPercentile } from "#lib/analytics/startup-histogram.ts";
import { requireMembership } from "#lib/channels/policy.ts";
import { db } from "#lib/db/client.ts";
import { type AskedDays, type WatchedLine, watchedLines } from "#lib/db/queries/analytics/read.ts";

/** Lines of one file at most: a year of a channel with 270 videos that are watched every day. */
const mostLines = 100_000;

const header = [
  ...["day", "video_id", "title", "views", "plays", "viewers", "watch_seconds"],
  ...["startup_p50_ms", "startup_p90_ms", "stalls", "stalled_plays", "stall_ratio", "failed_plays"],
];

const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

const lineOf = (line: WatchedLine): (string | number)[] => [
  ...[line.day, line.videoId, line.title, line.views, line.plays, line.viewers, rounded(line.watchMs / 1000)],
  ...[startupPercentile(line.startup, 0.5) ?? "", startupPercentile(line.startup, 0.9) ?? ""],
  ...[line.stalls, line.stalledPlays, rounded(stallRatio(line)), line.failedPlays],
];

/** A file to download. */
export type CsvFile = { name: string; text: string };

const fileOf = async ({ name, ...asked }: AskedDays & { name: string }): Promise<CsvFile> => {
  const lines = await watchedLines(db(), { ...asked, limit: mostLines });
  const text = toCsv({ header, rows: lines.map(lineOf) });
  return { name: `${name}-${asked.from}-${asked.to}.csv`, text };
};

/** How a video was watched, one line for each day, as CSV. Throws like `getVideoAnalytics`. */
export const videoAnalyticsCsv = async (input: {
  viewer: Viewer;
  videoId: string;
  query: AnalyticsQuery;
}): Promise<CsvFile> => {
  const { viewer, videoId, query } = input;
  const { id } = await requireWatchedVideo(db(), { viewer, videoId });
  return fileOf({ name: `video-${id}`, of: { videoId: id }, ...periodOf(query, new Date()) });
};

/** How the videos of a channel were watched, one line for each video and day, as CSV. Throws like `getChannelAnalytics`. */
export const channelAnalyticsCsv = async (input: {
  viewer: Viewer;
  handle: string;
  query: AnalyticsQuery;
}): Promise<CsvFile> => {
  const { viewer, handle, query } = input;
  const { channel } = await requireMembership(db(), { viewer, handle });
  return fileOf({ name: channel.handle, of: { channelId: channel.id }, ...periodOf(query, new Date()) });
};
