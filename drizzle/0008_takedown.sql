ALTER TABLE "videos" ADD COLUMN "taken_down_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "takedown_reason" text;--> statement-breakpoint
CREATE INDEX "videos_taken_down_at_idx" ON "videos" USING btree ("taken_down_at") WHERE "videos"."taken_down_at" is not null;