import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channels, users } from "./accounts.ts";
import { createdAt, id, instant, updatedAt } from "./columns.ts";

/** A video from the moment its upload is created. */
export const videos = pgTable(
  "videos",
  {
    id: id(),
    channelId: uuid("channel_id")
      .notNull()
      .references(() => channels.id),
    // Who uploaded it; the channel says whose it is.
    creatorId: uuid("creator_id")
      .notNull()
      .references(() => users.id),
    title: text("title").notNull(),
    description: text("description").notNull().default(""),
    tags: text("tags").array().notNull().default(sql`'{}'::text[]`),
    // lib/videos/categories.ts; null: nobody chose one.
    category: text("category"),
    // What is spoken or written in it, as a language tag (RFC 5646); null: nobody said.
    language: text("language"),
    visibility: text("visibility", { enum: ["private", "unlisted", "public"] }).notNull(),
    status: text("status", { enum: ["uploading", "processing", "ready", "failed"] })
      .notNull()
      .default("uploading"),
    // Why the status is `failed`; a code of lib/media/failures.ts.
    failureCode: text("failure_code"),
    // The run whose files viewers get. Flips in one statement; null until a first run has published.
    currentRunId: uuid("current_run_id"),
    // Where the kept original lies in the object store; null until the upload has ended.
    originalKey: text("original_key"),
    sourceFilename: text("source_filename").notNull(),
    sourceSizeBytes: bigint("source_size_bytes", { mode: "number" }).notNull(),
    // Length of the longest of picture and sound, as played.
    durationMs: integer("duration_ms"),
    // Of the picture as shown: rotated, with square pixels.
    width: integer("width"),
    height: integer("height"),
    frameRate: text("frame_rate"),
    posterKey: text("poster_key"),
    // Widths of the small copies beside the poster, in pixels, the smallest first; none beside posters of earlier versions.
    posterWidths: integer("poster_widths").array().notNull().default(sql`'{}'::integer[]`),
    // `auto`: each run proposes one; a chosen frame or an own image stays whatever runs come.
    posterOrigin: text("poster_origin", { enum: ["auto", "frame", "image"] })
      .notNull()
      .default("auto"),
    // lib/videos/poster-choice.ts: a poster that is being made from a chosen frame or image; null when none is.
    posterChoice: jsonb("poster_choice").$type<unknown>(),
    // lib/videos/wishes.ts: watermark, loudness and the like; what the next run makes.
    wishes: jsonb("wishes").notNull().default({}).$type<unknown>(),
    // Its editor wants no chapters, whatever the description and the file list.
    noChapters: boolean("no_chapters").notNull().default(false),
    // `#rrggbb` behind the poster while it loads.
    dominantColor: text("dominant_color"),
    // Playback signatures carry it; raising it revokes them all.
    playbackVersion: integer("playback_version").notNull().default(1),
    publishedAt: instant("published_at"),
    // Counted views, and how popular it is now (lib/analytics/trend-score.ts); kept by the meter of views.
    viewCount: bigint("view_count", { mode: "number" }).notNull().default(0),
    trendScore: doublePrecision("trend_score").notNull().default(0),
    // When an admin took it down, and why: nothing of it is delivered and only its members and admins see that it is there.
    takenDownAt: instant("taken_down_at"),
    takedownReason: text("takedown_reason"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    index("videos_channel_id_idx").on(t.channelId, t.id),
    index("videos_creator_id_idx").on(t.creatorId, t.id),
    // The home page: newest public videos.
    index("videos_public_idx")
      .on(t.publishedAt.desc(), t.id.desc())
      .where(sql`${t.visibility} = 'public' and ${t.status} = 'ready' and ${t.deletedAt} is null`),
    // What is watched most, now and ever.
    index("videos_trending_idx")
      .on(t.trendScore.desc(), t.id.desc())
      .where(sql`${t.visibility} = 'public' and ${t.status} = 'ready' and ${t.deletedAt} is null`),
    index("videos_popular_idx")
      .on(t.viewCount.desc(), t.id.desc())
      .where(sql`${t.visibility} = 'public' and ${t.status} = 'ready' and ${t.deletedAt} is null`),
    // A channel's newest public videos: its own page, and the feed of everybody who follows it.
    index("videos_channel_published_idx")
      .on(t.channelId, t.publishedAt.desc(), t.id.desc())
      .where(sql`${t.visibility} = 'public' and ${t.status} = 'ready' and ${t.deletedAt} is null`),
    // A channel's most watched ones.
    index("videos_channel_popular_idx")
      .on(t.channelId, t.viewCount.desc(), t.id.desc())
      .where(sql`${t.visibility} = 'public' and ${t.status} = 'ready' and ${t.deletedAt} is null`),
    // Any part of a title; absent where the database does not let its owner have pg_trgm. What is not sorted in yet (in kB) is read
    // whole by every question.
    index("videos_title_idx").using("gin", t.title.op("gin_trgm_ops")).with({ gin_pending_list_limit: 256 }),
    index("videos_deleted_at_idx").on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
    index("videos_taken_down_at_idx").on(t.takenDownAt).where(sql`${t.takenDownAt} is not null`),
    check("videos_visibility_check", sql`${t.visibility} in ('private', 'unlisted', 'public')`),
    check("videos_status_check", sql`${t.status} in ('uploading', 'processing', 'ready', 'failed')`),
  ],
);

/** One resumable upload (tus). The bytes lie in the upload area; this row is the truth about them. */
export const uploads = pgTable(
  "uploads",
  {
    // Also the tus id: the last part of the upload's address.
    id: id(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id),
    // `receiving` until the last byte is on disk, then `received` until the original is in the object store, then `stored`.
    state: text("state", { enum: ["receiving", "received", "stored", "cancelled", "expired"] })
      .notNull()
      .default("receiving"),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    // As of the last ended PATCH; the file itself is the truth while one is going on.
    offsetBytes: bigint("offset_bytes", { mode: "number" }).notNull().default(0),
    filename: text("filename").notNull(),
    // A new file for a video that has one: the old one plays on until the new run has published.
    replaces: boolean("replaces").notNull().default(false),
    // The client's Upload-Metadata, decoded.
    metadata: jsonb("metadata").notNull().$type<Record<string, string | null>>(),
    // Of the original; made beside the processing.
    sha256: text("sha256"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    index("uploads_video_id_idx").on(t.videoId),
    index("uploads_owner_id_idx").on(t.ownerId, t.id),
    index("uploads_open_idx").on(t.expiresAt).where(sql`${t.state} in ('receiving', 'received')`),
    check("uploads_state_check", sql`${t.state} in ('receiving', 'received', 'stored', 'cancelled', 'expired')`),
    check("uploads_size_bytes_check", sql`${t.sizeBytes} >= 0`),
  ],
);

/**
 * Every stored thing that people may ask for or that fills the disk; a rendition's segments are one row. A trigger writes
 * each change of a size into the ledger of whoever pays for it, in the same transaction (docs/decisions/0012-stored-bytes.md).
 */
export const assets = pgTable(
  "assets",
  {
    id: id(),
    // What it belongs to: a video, else a channel (marks), else an account (its picture). The instance's own marks have none.
    videoId: uuid("video_id").references(() => videos.id),
    channelId: uuid("channel_id").references(() => channels.id),
    userId: uuid("user_id").references(() => users.id),
    // Null for what outlives runs, like the original.
    runId: uuid("run_id"),
    kind: text("kind", {
      enum: [
        "original",
        "rendition",
        "audio",
        "poster",
        // A small copy of a poster.
        "thumbnail",
        "playlists",
        "storyboard",
        "preview",
        "subtitles",
        "caption",
        "export",
        "watermark",
        "avatar",
        // Bytes that no other row names: of a run that goes on, of a picture until it is re-encoded, of what was found.
        "working",
      ],
    }).notNull(),
    // The object's key, or with a trailing slash the prefix of all its objects.
    key: text("key").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    contentType: text("content_type").notNull(),
    sha256: text("sha256"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("assets_key_key").on(t.key),
    index("assets_video_id_idx").on(t.videoId),
    index("assets_channel_id_idx").on(t.channelId).where(sql`${t.channelId} is not null`),
    index("assets_user_id_idx").on(t.userId).where(sql`${t.userId} is not null`),
    index("assets_run_id_idx").on(t.runId).where(sql`${t.runId} is not null`),
    check("assets_belongs_check", sql`num_nonnulls(${t.videoId}, ${t.channelId}, ${t.userId}) <= 1`),
    // Files that were uploaded twice.
    index("assets_original_sha256_idx").on(t.sha256).where(sql`${t.kind} = 'original'`),
  ],
);

/** A mark that is burned into pictures: an image or a text with its place. A preset of a channel, or of the instance. */
export const watermarks = pgTable(
  "watermarks",
  {
    id: id(),
    // Null for a preset of the instance, which every creator may choose.
    channelId: uuid("channel_id").references(() => channels.id),
    name: text("name").notNull(),
    // lib/watermarks/dto.ts: kind, text, position, opacity, scale, margin.
    design: jsonb("design").notNull().$type<unknown>(),
    // `empty`: no image was sent yet; `drawing`: a worker makes the image of it; the last one stays until then.
    state: text("state", { enum: ["empty", "drawing", "ready", "failed"] })
      .notNull()
      .default("empty"),
    // The drawing whose result counts; a change of text or image begins another.
    drawingId: uuid("drawing_id"),
    // What was sent, as it was sent, until the drawing has ended.
    sentKey: text("sent_key"),
    // lib/watermarks/dto.ts: why the last drawing failed.
    failureCode: text("failure_code"),
    // The drawn or re-encoded PNG in the object store. Never overwritten: a new image gets a new key.
    imageKey: text("image_key"),
    imageWidth: integer("image_width"),
    imageHeight: integer("image_height"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    index("watermarks_channel_id_idx").on(t.channelId, t.id),
    check("watermarks_state_check", sql`${t.state} in ('empty', 'drawing', 'ready', 'failed')`),
  ],
);

/** One text track of a video as WebVTT, in the file's own words or uploaded. */
export const captions = pgTable(
  "captions",
  {
    id: id(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    // Language tag (RFC 5646); `und` when nobody knows.
    language: text("language").notNull(),
    label: text("label").notNull(),
    kind: text("kind", { enum: ["subtitles", "captions"] }).notNull(),
    // `file`: found in the media file; a new run replaces those, never the uploaded ones. `edited`: found in the file and
    // changed by hand since; it stays, and keeps the same file's track from coming back beside it.
    origin: text("origin", { enum: ["file", "upload", "edited"] }).notNull(),
    isDefault: boolean("is_default").notNull().default(false),
    // The WebVTT object.
    key: text("key").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    cueCount: integer("cue_count").notNull(),
    // The WebVTT object whose lines stand in `cues`; null until they were read.
    cuesKey: text("cues_key"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("captions_video_id_idx").on(t.videoId, t.id), uniqueIndex("captions_key_key").on(t.key)],
);

/** Where a part of a video begins and what it is called. */
export const chapters = pgTable(
  "chapters",
  {
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    startMs: integer("start_ms").notNull(),
    title: text("title").notNull(),
    // `file`: found in the media file, kept beside an editor's own, which win. lib/media/captions/held-chapters.ts
    origin: text("origin", { enum: ["file", "editor"] }).notNull(),
  },
  (t) => [
    primaryKey({ name: "chapters_pkey", columns: [t.videoId, t.origin, t.startMs] }),
    check("chapters_start_ms_check", sql`${t.startMs} >= 0`),
  ],
);
