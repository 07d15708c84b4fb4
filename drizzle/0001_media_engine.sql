CREATE TABLE "audio_exports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"video_id" uuid NOT NULL,
	"requested_by" uuid,
	"options" jsonb NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempt_id" uuid,
	"attempts" integer DEFAULT 0 NOT NULL,
	"worker_id" uuid,
	"progress" double precision DEFAULT 0 NOT NULL,
	"asset_id" uuid,
	"failure_code" text,
	"failure_detail" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "audio_exports_state_check" CHECK ("audio_exports"."state" in ('queued', 'running', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "chunks" (
	"run_id" uuid NOT NULL,
	"rendition" text NOT NULL,
	"first_segment" integer NOT NULL,
	"segment_count" integer NOT NULL,
	"part" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chunks_pkey" PRIMARY KEY("run_id","rendition","first_segment"),
	CONSTRAINT "chunks_segment_count_check" CHECK ("chunks"."segment_count" > 0)
);
--> statement-breakpoint
CREATE TABLE "captions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"video_id" uuid NOT NULL,
	"language" text NOT NULL,
	"label" text NOT NULL,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"key" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"cue_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chapters" (
	"video_id" uuid NOT NULL,
	"start_ms" integer NOT NULL,
	"title" text NOT NULL,
	"origin" text NOT NULL,
	CONSTRAINT "chapters_pkey" PRIMARY KEY("video_id","start_ms"),
	CONSTRAINT "chapters_start_ms_check" CHECK ("chapters"."start_ms" >= 0)
);
--> statement-breakpoint
CREATE TABLE "watermarks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel_id" uuid,
	"name" text NOT NULL,
	"design" jsonb NOT NULL,
	"image_key" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "wishes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "playable_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "uploads" ADD COLUMN "replaces" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "poster_origin" text DEFAULT 'auto' NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "wishes" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "audio_exports" ADD CONSTRAINT "audio_exports_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chunks" ADD CONSTRAINT "chunks_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captions" ADD CONSTRAINT "captions_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chapters" ADD CONSTRAINT "chapters_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watermarks" ADD CONSTRAINT "watermarks_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audio_exports_video_id_idx" ON "audio_exports" USING btree ("video_id","id");--> statement-breakpoint
CREATE INDEX "audio_exports_open_idx" ON "audio_exports" USING btree ("updated_at") WHERE "audio_exports"."state" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "captions_video_id_idx" ON "captions" USING btree ("video_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "captions_key_key" ON "captions" USING btree ("key");--> statement-breakpoint
CREATE INDEX "watermarks_channel_id_idx" ON "watermarks" USING btree ("channel_id","id");