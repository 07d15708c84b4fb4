CREATE TABLE "channel_sharing" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"embedding" text NOT NULL,
	"sites" text[] NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_sharing_embedding_check" CHECK ("channel_sharing"."embedding" in ('anywhere', 'listed', 'nowhere'))
);
--> statement-breakpoint
CREATE TABLE "playback_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"video_id" uuid NOT NULL,
	"created_by" uuid,
	"note" text DEFAULT '' NOT NULL,
	"token_hash" text NOT NULL,
	"sites" text[] DEFAULT '{}'::text[] NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "video_sharing" (
	"video_id" uuid PRIMARY KEY NOT NULL,
	"embeddable" boolean DEFAULT true NOT NULL,
	"downloadable" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "channel_sharing" ADD CONSTRAINT "channel_sharing_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playback_tokens" ADD CONSTRAINT "playback_tokens_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playback_tokens" ADD CONSTRAINT "playback_tokens_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_sharing" ADD CONSTRAINT "video_sharing_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "playback_tokens_token_hash_key" ON "playback_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "playback_tokens_video_id_idx" ON "playback_tokens" USING btree ("video_id","id");--> statement-breakpoint
CREATE INDEX "playback_tokens_revoked_idx" ON "playback_tokens" USING btree ("video_id","expires_at") WHERE "playback_tokens"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "playback_tokens_expires_at_idx" ON "playback_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "video_sharing_downloadable_idx" ON "video_sharing" USING btree ("video_id") WHERE "video_sharing"."downloadable";