import { sql } from "drizzle-orm";
import { bigint, check, date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts.ts";
import { createdAt, id, instant, updatedAt } from "./columns.ts";

/**
 * The ledger of stored bytes: one entry per change of an asset's size, in the transaction of the change. Never updated or
 * deleted: a correction is an entry of its own.
 */
export const usageEntries = pgTable(
  "usage_entries",
  {
    id: id(),
    // Whose quota it counts against: the owner of the video's channel.
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    // Without a foreign key: the ledger outlives videos.
    videoId: uuid("video_id"),
    // What changed: an asset's key, or an upload's id for what it holds while it receives.
    subject: text("subject").notNull(),
    kind: text("kind", { enum: ["store", "remove", "correct"] }).notNull(),
    // Below zero for what was removed.
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("usage_entries_user_id_idx").on(t.userId, t.id),
    index("usage_entries_subject_idx").on(t.subject),
    check("usage_entries_kind_check", sql`${t.kind} in ('store', 'remove', 'correct')`),
  ],
);

/** Sums of an account, kept beside the ledger so that a quota is one row to lock. */
export const usageCounters = pgTable(
  "usage_counters",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id),
    // The sum of its ledger.
    storedBytes: bigint("stored_bytes", { mode: "number" }).notNull().default(0),
    // Sizes of open uploads, set aside when they were created and given up or settled when they end.
    reservedBytes: bigint("reserved_bytes", { mode: "number" }).notNull().default(0),
    // The highest mark of the quota (percent) that it stands above; what `quota.near` was told for.
    nearPercent: integer("near_percent").notNull().default(0),
    // How often it rose to a mark, so that each crossing is an event of its own.
    nearCrossings: integer("near_crossings").notNull().default(0),
    updatedAt: updatedAt(),
  },
  // No index but the key: nearly every row is looked at each minute anyway, and one on a column that each change sets
  // would make every change write all indexes anew.
  (t) => [check("usage_counters_reserved_check", sql`${t.reservedBytes} >= 0`)],
);

/** What an open upload has set aside of a quota; at most one per upload, gone when it is settled. */
export const quotaReservations = pgTable(
  "quota_reservations",
  {
    uploadId: uuid("upload_id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("quota_reservations_user_id_idx").on(t.userId)],
);

/** Bytes of uploads begun on a day (UTC); what was aborted counts no less. */
export const dailyUploads = pgTable(
  "daily_uploads",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    day: date("day", { mode: "string" }).notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ name: "daily_uploads_pkey", columns: [t.userId, t.day] })],
);

/** Bytes delivered of a video on a day (UTC), flushed from the processes' buffers at most a minute late. */
export const deliveredBytes = pgTable(
  "delivered_bytes",
  {
    videoId: uuid("video_id").notNull(),
    // Whose delivery limit it counts against: the owner of the video's channel.
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    day: date("day", { mode: "string" }).notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
    requests: bigint("requests", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    primaryKey({ name: "delivered_bytes_pkey", columns: [t.videoId, t.day] }),
    index("delivered_bytes_user_id_day_idx").on(t.userId, t.day),
  ],
);

/** Bytes delivered of all videos of an account in a month (UTC), so that a limit is one row to look at. */
export const deliveryMonths = pgTable(
  "delivery_months",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    // The month's first day.
    month: date("month", { mode: "string" }).notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ name: "delivery_months_pkey", columns: [t.userId, t.month] })],
);

/** When the stored bytes were last compared with the disk, and what was found. */
export const storageReconciliations = pgTable(
  "storage_reconciliations",
  {
    id: id(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
    assetsChecked: bigint("assets_checked", { mode: "number" }).notNull().default(0),
    differences: bigint("differences", { mode: "number" }).notNull().default(0),
    correctedBytes: bigint("corrected_bytes", { mode: "number" }).notNull().default(0),
  },
  (t) => [uniqueIndex("storage_reconciliations_started_at_key").on(t.startedAt)],
);
