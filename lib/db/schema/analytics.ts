import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { videos } from "./videos.ts";

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** The secret of a day (UTC) with which viewers of that day are hashed; removed when it is over, and nobody can be found again. */
export const viewerSalts = pgTable("viewer_salts", {
  day: date("day", { mode: "string" }).primaryKey(),
  salt: bytes("salt").notNull(),
});

/**
 * What one player played of a video: the raw facts of analytics, kept for a few days until they are rolled up. Rows hold
 * the sum of all reports so far; which account or address it was cannot be told from them.
 */
export const watchSessions = pgTable(
  "watch_sessions",
  {
    // From the signed token that the player got.
    id: uuid("id").primaryKey(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    // UTC; of the token. Everything of the session belongs to it, also what comes after midnight.
    day: date("day", { mode: "string" }).notNull(),
    // Hash of account, or of address and browser, with the salt of the day.
    viewerKey: bytes("viewer_key").notNull(),
    // Hash of the address alone with the salt of the day; null for accounts.
    addressKey: bytes("address_key"),
    issuedAt: instant("issued_at").notNull(),
    // Arrival of the last report that was taken.
    reportedAt: instant("reported_at").notNull(),
    // Number of the last report that was taken; an older or equal one changes nothing.
    seq: integer("seq").notNull(),
    // How many reports were taken.
    beats: integer("beats").notNull(),
    // What is believed of the time that was played.
    playedMs: integer("played_ms").notNull(),
    // Parts of the video that were played at least once, by number; `bucket_count` tells how many there are.
    watched: smallint("watched").array().notNull(),
    bucketCount: smallint("bucket_count").notNull(),
    // lib/analytics/sources.ts, with the host of another site where there is one.
    source: text("source").notNull(),
    sourceHost: text("source_host"),
    device: text("device").notNull(),
    browser: text("browser").notNull(),
    // From the wish to play to the first picture; null until there was one.
    startupMs: integer("startup_ms"),
    stalls: integer("stalls").notNull(),
    stallMs: integer("stall_ms").notNull(),
    // lib/analytics/watch-report.ts: milliseconds by height of the picture, and errors by code.
    renditions: jsonb("renditions").notNull().$type<Record<string, number>>(),
    errors: jsonb("errors").notNull().$type<Record<string, number>>(),
    // Whether it was counted as a view.
    counted: boolean("counted").notNull(),
  },
  (t) => [
    index("watch_sessions_video_id_day_idx").on(t.videoId, t.day),
    index("watch_sessions_day_idx").on(t.day),
    check("watch_sessions_played_ms_check", sql`${t.playedMs} >= 0`),
  ],
);

/** That a viewer's view of a video was counted on a day: once, whatever comes again. Removed after two days. */
export const viewMarks = pgTable(
  "view_marks",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    viewerKey: bytes("viewer_key").notNull(),
    addressKey: bytes("address_key"),
  },
  (t) => [
    primaryKey({ name: "view_marks_pkey", columns: [t.videoId, t.day, t.viewerKey] }),
    // How many of one address were counted.
    index("view_marks_address_idx").on(t.videoId, t.day, t.addressKey).where(sql`${t.addressKey} is not null`),
    index("view_marks_day_idx").on(t.day),
  ],
);

/** Days of videos whose sums are not those of their sessions any more. */
export const staleVideoDays = pgTable(
  "stale_video_days",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    markedAt: instant("marked_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "stale_video_days_pkey", columns: [t.videoId, t.day] }),
    index("stale_video_days_marked_at_idx").on(t.markedAt),
  ],
);

const count = (name: string) => bigint(name, { mode: "number" }).notNull();

/** What was watched of a video on a day (UTC): sums over its sessions, always made anew from all of them. */
export const videoDays = pgTable(
  "video_days",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    views: count("views"),
    // Sessions that played something, counted as a view or not.
    plays: count("plays"),
    // Different viewers of those.
    viewers: count("viewers"),
    watchMs: count("watch_ms"),
    // How many plays saw each part of the video, and over how many plays that was counted.
    retention: integer("retention").array().notNull(),
    retentionPlays: count("retention_plays"),
    // Plays by the time to their first picture: lib/analytics/startup-histogram.ts.
    startup: integer("startup").array().notNull(),
    stalls: count("stalls"),
    stallMs: count("stall_ms"),
    stalledPlays: count("stalled_plays"),
    // Sessions in which nothing ever played because of a fault.
    failedPlays: count("failed_plays"),
  },
  (t) => [primaryKey({ name: "video_days_pkey", columns: [t.videoId, t.day] }), index("video_days_day_idx").on(t.day)],
);

/** The same days divided: by where plays came from, devices, browsers, heights of the picture, and errors. */
export const videoDayParts = pgTable(
  "video_day_parts",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    dimension: text("dimension", { enum: ["source", "device", "browser", "rendition", "error"] }).notNull(),
    // A source with a host is written `external:example.org`.
    value: text("value").notNull(),
    plays: count("plays"),
    ms: count("ms"),
  },
  (t) => [
    primaryKey({ name: "video_day_parts_pkey", columns: [t.videoId, t.day, t.dimension, t.value] }),
    check(
      "video_day_parts_dimension_check",
      sql`${t.dimension} in ('source', 'device', 'browser', 'rendition', 'error')`,
    ),
  ],
);
