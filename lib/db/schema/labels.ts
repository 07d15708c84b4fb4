import { sql } from "drizzle-orm";
import { boolean, check, doublePrecision, integer, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts.ts";
import { createdAt, instant, updatedAt } from "./columns.ts";
import { videos } from "./videos.ts";

/** How the last look of the object model at a video's frames went; without a row nobody has looked. */
export const videoLooks = pgTable(
  "video_looks",
  {
    videoId: uuid("video_id")
      .primaryKey()
      .references(() => videos.id, { onDelete: "cascade" }),
    // The run whose stills were looked at. A job that comes again for it does nothing.
    runId: uuid("run_id").notNull(),
    // `partial`: the time or memory given to it was used up before the last frame; `unavailable`: the model does not start here.
    state: text("state", { enum: ["done", "partial", "unavailable"] }).notNull(),
    // Frames that were looked at, and for how long, in milliseconds.
    frames: integer("frames").notNull(),
    tookMs: integer("took_ms").notNull(),
    createdAt: createdAt(),
  },
  (t) => [check("video_looks_state_check", sql`${t.state} in ('done', 'partial', 'unavailable')`)],
);

/** A thing that the object model saw in a video: a suggestion until somebody who works on the video decides. */
export const videoLabels = pgTable(
  "video_labels",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    // lib/labels/classes.ts; its words stand in the messages `labels`.
    label: text("label").notNull(),
    // How sure the model was in its best frame, 0 to 1.
    confidence: real("confidence").notNull(),
    // In how many of the frames it was seen.
    frames: integer("frames").notNull(),
    // `accepted` made an ordinary tag, which lives on its own; `removed` keeps it from ever being suggested again.
    state: text("state", { enum: ["suggested", "accepted", "removed"] }).notNull(),
    createdAt: createdAt(),
    decidedAt: instant("decided_at"),
  },
  (t) => [
    primaryKey({ name: "video_labels_pkey", columns: [t.videoId, t.label] }),
    check("video_labels_state_check", sql`${t.state} in ('suggested', 'accepted', 'removed')`),
    check("video_labels_confidence_check", sql`${t.confidence} between 0 and 1`),
  ],
);

/** Where a video was recorded, as its file says; only for accounts that asked for it (`label_settings`). */
export const videoPlaces = pgTable(
  "video_places",
  {
    videoId: uuid("video_id")
      .primaryKey()
      .references(() => videos.id, { onDelete: "cascade" }),
    // Degrees of WGS 84, two decimals (about a kilometre); null once decided: nothing finer than the tag is kept.
    latitude: doublePrecision("latitude"),
    longitude: doublePrecision("longitude"),
    // lib/labels/cities.ts; null where no city of the list is near.
    city: text("city"),
    state: text("state", { enum: ["suggested", "accepted", "removed"] }).notNull(),
    createdAt: createdAt(),
    decidedAt: instant("decided_at"),
  },
  (t) => [
    check("video_places_state_check", sql`${t.state} in ('suggested', 'accepted', 'removed')`),
    check(
      "video_places_suggested_check",
      sql`${t.state} <> 'suggested' or num_nonnulls(${t.latitude}, ${t.longitude}) = 2`,
    ),
  ],
);

/** What an account allows for the videos that it uploads; without a row nothing. */
export const labelSettings = pgTable("label_settings", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  // Whether the place that a file carries is read and suggested.
  placeFromFile: boolean("place_from_file").notNull().default(false),
  updatedAt: updatedAt(),
});
