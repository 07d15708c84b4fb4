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
import { createdAt, id, instant, updatedAt } from "./columns.ts";
import { videos } from "./videos.ts";

/** One processing of a video; its id is the generation in every storage key it writes. */
export const runs = pgTable(
  "runs",
  {
    id: id(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    reason: text("reason", { enum: ["upload", "retry", "reprocess", "replace"] }).notNull(),
    state: text("state", { enum: ["running", "published", "failed", "cancelled", "superseded"] })
      .notNull()
      .default("running"),
    // The object that is processed.
    sourceKey: text("source_key").notNull(),
    // lib/media/plan/plan.ts; null until the probe has ended.
    plan: jsonb("plan").$type<unknown>(),
    // What was wished for when the run was started: the video's `wishes` of that moment.
    wishes: jsonb("wishes").notNull().default({}).$type<unknown>(),
    // When its multivariant playlist first had something to play; null until then.
    playableAt: instant("playable_at"),
    failureCode: text("failure_code"),
    // For the operator: the end of ffmpeg's own words, never shown to viewers.
    failureDetail: text("failure_detail"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    index("runs_video_id_idx").on(t.videoId, t.id),
    // Exactly one run at a time per video, whatever is sent twice.
    uniqueIndex("runs_one_running_key").on(t.videoId).where(sql`${t.state} = 'running'`),
    check("runs_state_check", sql`${t.state} in ('running', 'published', 'failed', 'cancelled', 'superseded')`),
  ],
);

/** The kinds of work a plan names. */
export const stepKinds = [
  "probe",
  "copy",
  "preview",
  "encode",
  "audio",
  "package",
  "poster",
  "stills",
  "text",
  "finish",
] as const;

/** One step of a run's plan: the unit that a worker takes, retries and reports on. */
export const runSteps = pgTable(
  "run_steps",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id),
    kind: text("kind", { enum: stepKinds }).notNull(),
    // Chunk index for `preview` and `encode`, track index for `audio`, else 0.
    ordinal: integer("ordinal").notNull().default(0),
    // A failed optional step leaves the run alive.
    required: boolean("required").notNull().default(true),
    // `publishing`: the attempt's result was accepted and is being put under its final names.
    state: text("state", { enum: ["queued", "running", "publishing", "done", "failed", "cancelled"] })
      .notNull()
      .default("queued"),
    // The attempt that may report; a result under another uuid is refused.
    attemptId: uuid("attempt_id"),
    attempts: integer("attempts").notNull().default(0),
    maxAttempts: integer("max_attempts").notNull(),
    // 0 to 1.
    progress: doublePrecision("progress").notNull().default(0),
    // Media seconds per second.
    speed: doublePrecision("speed"),
    // Share of the run's whole work, in any unit; progress of the run is the weighted mean.
    weight: doublePrecision("weight").notNull().default(1),
    workerId: uuid("worker_id"),
    result: jsonb("result").$type<unknown>(),
    errorCode: text("error_code"),
    errorDetail: text("error_detail"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("run_steps_run_kind_ordinal_key").on(t.runId, t.kind, t.ordinal),
    index("run_steps_open_idx").on(t.updatedAt).where(sql`${t.state} in ('queued', 'running', 'publishing')`),
    check(
      "run_steps_state_check",
      sql`${t.state} in ('queued', 'running', 'publishing', 'done', 'failed', 'cancelled')`,
    ),
  ],
);

/**
 * A stretch of a rendition whose segments are in the object store while its run goes on: what EVENT playlists are made
 * of. Compact lists, dropped when the run ends; no row per segment.
 */
export const chunks = pgTable(
  "chunks",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    // `360p`, `source`, `audio-0`.
    rendition: text("rendition").notNull(),
    firstSegment: integer("first_segment").notNull(),
    segmentCount: integer("segment_count").notNull(),
    // lib/media/playlists/rendition-parts.ts: sizes and times of its segments.
    part: jsonb("part").notNull().$type<unknown>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "chunks_pkey", columns: [t.runId, t.rendition, t.firstSegment] }),
    check("chunks_segment_count_check", sql`${t.segmentCount} > 0`),
  ],
);

/** A file made from a video on request, such as its sound as MP3; lives outside runs, because it may come years later. */
export const audioExports = pgTable(
  "audio_exports",
  {
    id: id(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    requestedBy: uuid("requested_by"),
    // lib/exports/dto.ts: format, quality, loudness, track.
    options: jsonb("options").notNull().$type<unknown>(),
    state: text("state", { enum: ["queued", "running", "done", "failed", "cancelled"] })
      .notNull()
      .default("queued"),
    // The attempt that may report; a result under another uuid is refused.
    attemptId: uuid("attempt_id"),
    attempts: integer("attempts").notNull().default(0),
    workerId: uuid("worker_id"),
    // 0 to 1.
    progress: doublePrecision("progress").notNull().default(0),
    assetId: uuid("asset_id"),
    failureCode: text("failure_code"),
    failureDetail: text("failure_detail"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    index("audio_exports_video_id_idx").on(t.videoId, t.id),
    index("audio_exports_open_idx").on(t.updatedAt).where(sql`${t.state} in ('queued', 'running')`),
    check("audio_exports_state_check", sql`${t.state} in ('queued', 'running', 'done', 'failed', 'cancelled')`),
  ],
);

/** One rung or audio track that a run made, as its playlists declare it. */
export const renditions = pgTable(
  "renditions",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => runs.id),
    kind: text("kind", { enum: ["video", "audio"] }).notNull(),
    // `360p` to `2160p`, `source`, or `audio-0`.
    name: text("name").notNull(),
    width: integer("width"),
    height: integer("height"),
    frameRate: text("frame_rate"),
    // Bits per second, measured on the segments: peak and mean, this rendition alone.
    bandwidth: integer("bandwidth").notNull(),
    averageBandwidth: integer("average_bandwidth").notNull(),
    codecs: text("codecs").notNull(),
    language: text("language"),
    segmentCount: integer("segment_count").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("renditions_run_name_key").on(t.runId, t.name)],
);

/** A worker process that lives, or died and was not swept yet. */
export const workerInstances = pgTable("worker_instances", {
  id: id(),
  hostname: text("hostname").notNull(),
  pid: integer("pid").notNull(),
  // graphile-worker's pool ids: what `locked_by` holds and `force_unlock_workers` needs.
  poolIds: text("pool_ids").array().notNull(),
  // The session advisory lock this process holds as long as it lives.
  lockKey: bigint("lock_key", { mode: "bigint" }).notNull(),
  startedAt: instant("started_at").notNull().defaultNow(),
  stoppedAt: instant("stopped_at"),
  // Set by whoever found its lock free and gave its jobs back.
  sweptAt: instant("swept_at"),
  updatedAt: updatedAt(),
});
