import type { Viewer } from "#lib/accounts/viewer.ts";
import type { AnalyticsQuery, ChannelAnalyticsDto } from "#lib/analytics/dto.ts";
import { readPeriod } from "#lib/analytics/get-video-analytics.ts";
import { periodOf } from "#lib/analytics/period.ts";
import { requireMembership } from "#lib/channels/policy.ts";
import { db } from "#lib/db/client.ts";
import { mostViewedOf } from "#lib/db/queries/analytics/read.ts";

const mostVideos = 50;

/**
 * How the videos of a channel were watched, those that are deleted left out. For its members and admins; throws
 * `unauthenticated`, `not_found`, `forbidden`, and `invalid_input` for days that are none.
 */
export const getChannelAnalytics = async (input: {
  viewer: Viewer;
  handle: string;
  query?: AnalyticsQuery;
}): Promise<ChannelAnalyticsDto> => {
  const { viewer, handle, query = {} } = input;
  const { channel } = await requireMembership(db(), { viewer, handle });
  const period = periodOf(query, new Date());
  const [common, videos] = await Promise.all([
    readPeriod({ channelId: channel.id }, period),
    mostViewedOf(db(), { channelId: channel.id, ...period, limit: mostVideos }),
  ]);
  return { ...common, videos };
};
