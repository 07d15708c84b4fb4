import { z } from "zod";
import { sourceKinds } from "#lib/analytics/sources.ts";
import { browsers, devices } from "#lib/analytics/user-agent.ts";
import { idSchema } from "#lib/ids.ts";

const hourMs = 3600 * 1000;
const dayMs = 24 * hourMs;
const count = z.number().int().min(0);

/** What a player opens before it reports. */
export const watchSessionSchema = z
  .object({
    token: z
      .string()
      .nullable()
      .describe(
        "Comes back with each report; good for a day. Null when nothing is to be reported: own videos, programs.",
      ),
  })
  .meta({ id: "WatchSession" });
/** See `watchSessionSchema`. */
export type WatchSessionDto = z.output<typeof watchSessionSchema>;

/** Faults of playback that players tell, by the names the player has for them. */
export const playbackErrors = ["gone", "codec", "unsupported", "network", "media"] as const;

/** What a player has played so far: sums since it began, so that each report replaces the one before. */
export const watchReportSchema = z
  .strictObject({
    token: z.string().min(1).max(500).describe("From `GET /videos/{videoId}/watch-session`."),
    seq: z.number().int().min(1).max(100_000).describe("Number of the report, higher than that of the one before."),
    playedMs: count.max(dayMs).describe("Milliseconds of the video that were played, what was seen again included."),
    ranges: z
      .array(z.strictObject({ fromMs: count.max(dayMs), toMs: count.max(dayMs) }))
      .max(200)
      .describe("Which parts of the video were played at least once."),
    startupMs: count.max(hourMs).nullable().describe("From the wish to play to the first picture; null before it."),
    stalls: z.strictObject({ count: count.max(10_000), ms: count.max(dayMs) }).describe("Waits in the middle."),
    renditions: z
      .array(z.strictObject({ height: count.max(10_000), ms: count.max(dayMs) }))
      .max(20)
      .describe("How long each quality was played, by the short side of its picture."),
    errors: z.array(z.strictObject({ code: z.enum(playbackErrors), count: count.max(1_000) })).max(5),
    source: z.strictObject({
      kind: z.enum(sourceKinds),
      host: z
        .string()
        .regex(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/)
        .nullable()
        .describe("Of the other site, for `embed` and `external`."),
    }),
  })
  .meta({ id: "WatchReport" });
/** See `watchReportSchema`. */
export type WatchReport = z.output<typeof watchReportSchema>;

/** Which days (UTC) are asked for; the last 28 unless told, 366 at most. */
export const analyticsQuerySchema = z.strictObject({
  from: z.iso.date().optional().describe("First day (UTC); 28 days up to `to` unless given."),
  to: z.iso.date().optional().describe("Last day (UTC); today unless given."),
  by: z.enum(["day"]).default("day"),
});
/** See `analyticsQuerySchema`. */
export type AnalyticsQuery = Partial<z.output<typeof analyticsQuerySchema>>;

const numbers = {
  views: count.describe("Plays of 30 seconds, or of half of a shorter video; once per viewer and day."),
  plays: count.describe("Sessions in which something was played, counted as a view or not."),
  viewers: count.describe("Different viewers of a day; over several days whoever comes again is counted again."),
  watchMs: count.describe("Milliseconds that were really played."),
};

const daySchema = z.object({ day: z.iso.date(), ...numbers });

const qualitySchema = z
  .object({
    startup: z
      .object({ plays: count, p50Ms: count.nullable(), p90Ms: count.nullable(), p99Ms: count.nullable() })
      .describe("From the wish to play to the first picture, from classes of times: near, not exact."),
    stalls: z.object({
      count,
      ms: count,
      plays: count.describe("Plays that waited in the middle at least once."),
      ratio: z.number().min(0).describe("Waited time over waited and played time, 0 to 1."),
    }),
    failedPlays: count.describe("Sessions in which a fault kept everything from playing."),
    renditions: z.array(z.object({ height: count, ms: count })).describe("Best first."),
    errors: z.array(z.object({ code: z.string(), count })).describe("Most first."),
  })
  .meta({ id: "PlaybackQuality" });

const dividedSchema = {
  sources: z.array(z.object({ kind: z.enum(sourceKinds), host: z.string().nullable(), plays: count, watchMs: count })),
  devices: z.array(z.object({ device: z.enum(devices), plays: count, watchMs: count })),
  browsers: z.array(z.object({ browser: z.enum(browsers), plays: count, watchMs: count })),
};

const periodSchema = { from: z.iso.date(), to: z.iso.date(), totals: z.object(numbers), days: z.array(daySchema) };

/** How a video was watched. */
export const videoAnalyticsSchema = z
  .object({
    ...periodSchema,
    retention: z
      .object({
        durationMs: count,
        plays: count.describe("Over how many plays the shares are."),
        points: z
          .array(z.number().min(0).max(1))
          .describe("For each of equally long parts of the video the share of plays that saw it."),
      })
      .nullable()
      .describe("Null while nothing was played."),
    ...dividedSchema,
    quality: qualitySchema,
  })
  .meta({ id: "VideoAnalytics" });
/** See `videoAnalyticsSchema`. */
export type VideoAnalyticsDto = z.output<typeof videoAnalyticsSchema>;

/** How all of a channel's videos were watched. */
export const channelAnalyticsSchema = z
  .object({
    ...periodSchema,
    videos: z
      .array(z.object({ id: idSchema, title: z.string(), durationMs: count.nullable(), ...numbers }))
      .describe("The 50 with most views, most first."),
    ...dividedSchema,
    quality: qualitySchema,
  })
  .meta({ id: "ChannelAnalytics" });
/** See `channelAnalyticsSchema`. */
export type ChannelAnalyticsDto = z.output<typeof channelAnalyticsSchema>;
