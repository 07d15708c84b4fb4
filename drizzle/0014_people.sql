CREATE TABLE "stale_video_days" (
	"video_id" uuid NOT NULL,
	"day" date NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "stale_video_days_pkey" PRIMARY KEY("video_id","day")
);
--> statement-breakpoint
CREATE TABLE "video_day_parts" (
	"video_id" uuid NOT NULL,
	"day" date NOT NULL,
	"dimension" text NOT NULL,
	"value" text NOT NULL,
	"plays" bigint NOT NULL,
	"ms" bigint NOT NULL,
	CONSTRAINT "video_day_parts_pkey" PRIMARY KEY("video_id","day","dimension","value"),
	CONSTRAINT "video_day_parts_dimension_check" CHECK ("video_day_parts"."dimension" in ('source', 'device', 'browser', 'rendition', 'error'))
);
--> statement-breakpoint
CREATE TABLE "video_days" (
	"video_id" uuid NOT NULL,
	"day" date NOT NULL,
	"views" bigint NOT NULL,
	"plays" bigint NOT NULL,
	"viewers" bigint NOT NULL,
	"watch_ms" bigint NOT NULL,
	"retention" integer[] NOT NULL,
	"retention_plays" bigint NOT NULL,
	"startup" integer[] NOT NULL,
	"stalls" bigint NOT NULL,
	"stall_ms" bigint NOT NULL,
	"stalled_plays" bigint NOT NULL,
	"failed_plays" bigint NOT NULL,
	CONSTRAINT "video_days_pkey" PRIMARY KEY("video_id","day")
);
--> statement-breakpoint
CREATE TABLE "view_marks" (
	"video_id" uuid NOT NULL,
	"day" date NOT NULL,
	"viewer_key" "bytea" NOT NULL,
	"address_key" "bytea",
	CONSTRAINT "view_marks_pkey" PRIMARY KEY("video_id","day","viewer_key")
);
--> statement-breakpoint
CREATE TABLE "viewer_salts" (
	"day" date PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watch_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"video_id" uuid NOT NULL,
	"day" date NOT NULL,
	"viewer_key" "bytea" NOT NULL,
	"address_key" "bytea",
	"issued_at" timestamp (3) with time zone NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"seq" integer NOT NULL,
	"beats" integer NOT NULL,
	"played_ms" integer NOT NULL,
	"watched" smallint[] NOT NULL,
	"bucket_count" smallint NOT NULL,
	"source" text NOT NULL,
	"source_host" text,
	"device" text NOT NULL,
	"browser" text NOT NULL,
	"startup_ms" integer,
	"stalls" integer NOT NULL,
	"stall_ms" integer NOT NULL,
	"renditions" jsonb NOT NULL,
	"errors" jsonb NOT NULL,
	"counted" boolean NOT NULL,
	CONSTRAINT "watch_sessions_played_ms_check" CHECK ("watch_sessions"."played_ms" >= 0)
);
--> statement-breakpoint
CREATE TABLE "channel_followers" (
	"channel_id" uuid PRIMARY KEY NOT NULL,
	"subscribers" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "channel_followers_subscribers_check" CHECK ("channel_followers"."subscribers" >= 0)
);
--> statement-breakpoint
CREATE TABLE "comment_likes" (
	"user_id" uuid NOT NULL,
	"comment_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "comment_likes_pkey" PRIMARY KEY("user_id","comment_id")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"video_id" uuid NOT NULL,
	"parent_id" uuid,
	"replied_to_id" uuid,
	"author_id" uuid,
	"body" text NOT NULL,
	"state" text DEFAULT 'shown' NOT NULL,
	"hidden" boolean DEFAULT false NOT NULL,
	"likes" integer DEFAULT 0 NOT NULL,
	"replies" integer DEFAULT 0 NOT NULL,
	"pinned_at" timestamp (3) with time zone,
	"edited_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "comments_state_check" CHECK ("comments"."state" in ('shown', 'held', 'removed', 'deleted')),
	CONSTRAINT "comments_pinned_check" CHECK ("comments"."pinned_at" is null or "comments"."parent_id" is null)
);
--> statement-breakpoint
CREATE TABLE "hidden_people" (
	"channel_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"hidden_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "hidden_people_pkey" PRIMARY KEY("channel_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "likes" (
	"user_id" uuid NOT NULL,
	"video_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "likes_pkey" PRIMARY KEY("user_id","video_id")
);
--> statement-breakpoint
CREATE TABLE "paused_histories" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playlist_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"playlist_id" uuid NOT NULL,
	"video_id" uuid NOT NULL,
	"position" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "playlists" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"kind" text DEFAULT 'list' NOT NULL,
	"title" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"visibility" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "playlists_kind_check" CHECK ("playlists"."kind" in ('list', 'watch_later')),
	CONSTRAINT "playlists_visibility_check" CHECK ("playlists"."visibility" in ('private', 'unlisted', 'public'))
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"user_id" uuid NOT NULL,
	"channel_id" uuid NOT NULL,
	"notify" text DEFAULT 'all' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscriptions_pkey" PRIMARY KEY("user_id","channel_id"),
	CONSTRAINT "subscriptions_notify_check" CHECK ("subscriptions"."notify" in ('all', 'none'))
);
--> statement-breakpoint
CREATE TABLE "video_reactions" (
	"video_id" uuid PRIMARY KEY NOT NULL,
	"likes" integer DEFAULT 0 NOT NULL,
	"comments" integer DEFAULT 0 NOT NULL,
	"comments_mode" text DEFAULT 'open' NOT NULL,
	CONSTRAINT "video_reactions_likes_check" CHECK ("video_reactions"."likes" >= 0),
	CONSTRAINT "video_reactions_comments_check" CHECK ("video_reactions"."comments" >= 0),
	CONSTRAINT "video_reactions_comments_mode_check" CHECK ("video_reactions"."comments_mode" in ('open', 'held', 'off'))
);
--> statement-breakpoint
CREATE TABLE "watch_progress" (
	"user_id" uuid NOT NULL,
	"video_id" uuid NOT NULL,
	"position_ms" integer NOT NULL,
	"watched_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "watch_progress_pkey" PRIMARY KEY("user_id","video_id"),
	CONSTRAINT "watch_progress_position_ms_check" CHECK ("watch_progress"."position_ms" >= 0)
);
--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "view_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "trend_score" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stale_video_days" ADD CONSTRAINT "stale_video_days_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_day_parts" ADD CONSTRAINT "video_day_parts_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_days" ADD CONSTRAINT "video_days_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "view_marks" ADD CONSTRAINT "view_marks_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_sessions" ADD CONSTRAINT "watch_sessions_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel_followers" ADD CONSTRAINT "channel_followers_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_likes" ADD CONSTRAINT "comment_likes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comment_likes" ADD CONSTRAINT "comment_likes_comment_id_comments_id_fk" FOREIGN KEY ("comment_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_parent_id_comments_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."comments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_replied_to_id_users_id_fk" FOREIGN KEY ("replied_to_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_people" ADD CONSTRAINT "hidden_people_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_people" ADD CONSTRAINT "hidden_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hidden_people" ADD CONSTRAINT "hidden_people_hidden_by_users_id_fk" FOREIGN KEY ("hidden_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "likes" ADD CONSTRAINT "likes_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "likes" ADD CONSTRAINT "likes_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paused_histories" ADD CONSTRAINT "paused_histories_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlist_items" ADD CONSTRAINT "playlist_items_playlist_id_playlists_id_fk" FOREIGN KEY ("playlist_id") REFERENCES "public"."playlists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "playlists" ADD CONSTRAINT "playlists_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_reactions" ADD CONSTRAINT "video_reactions_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watch_progress" ADD CONSTRAINT "watch_progress_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stale_video_days_marked_at_idx" ON "stale_video_days" USING btree ("marked_at");--> statement-breakpoint
CREATE INDEX "video_days_day_idx" ON "video_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "view_marks_address_idx" ON "view_marks" USING btree ("video_id","day","address_key") WHERE "view_marks"."address_key" is not null;--> statement-breakpoint
CREATE INDEX "view_marks_day_idx" ON "view_marks" USING btree ("day");--> statement-breakpoint
CREATE INDEX "watch_sessions_video_id_day_idx" ON "watch_sessions" USING btree ("video_id","day");--> statement-breakpoint
CREATE INDEX "watch_sessions_day_idx" ON "watch_sessions" USING btree ("day");--> statement-breakpoint
CREATE INDEX "comment_likes_comment_id_idx" ON "comment_likes" USING btree ("comment_id");--> statement-breakpoint
CREATE INDEX "comments_newest_idx" ON "comments" USING btree ("video_id","id" DESC NULLS LAST) WHERE "comments"."parent_id" is null;--> statement-breakpoint
CREATE INDEX "comments_top_idx" ON "comments" USING btree ("video_id",("likes" + "replies") desc,"id" DESC NULLS LAST) WHERE "comments"."parent_id" is null;--> statement-breakpoint
CREATE INDEX "comments_replies_idx" ON "comments" USING btree ("parent_id","id") WHERE "comments"."parent_id" is not null;--> statement-breakpoint
CREATE INDEX "comments_author_id_idx" ON "comments" USING btree ("author_id","id");--> statement-breakpoint
CREATE INDEX "comments_held_idx" ON "comments" USING btree ("video_id","id") WHERE "comments"."state" = 'held';--> statement-breakpoint
CREATE UNIQUE INDEX "comments_pinned_key" ON "comments" USING btree ("video_id") WHERE "comments"."pinned_at" is not null;--> statement-breakpoint
CREATE INDEX "hidden_people_user_id_idx" ON "hidden_people" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "likes_video_id_idx" ON "likes" USING btree ("video_id");--> statement-breakpoint
CREATE INDEX "playlist_items_position_idx" ON "playlist_items" USING btree ("playlist_id","position","id");--> statement-breakpoint
CREATE UNIQUE INDEX "playlist_items_video_key" ON "playlist_items" USING btree ("playlist_id","video_id");--> statement-breakpoint
CREATE INDEX "playlist_items_video_id_idx" ON "playlist_items" USING btree ("video_id");--> statement-breakpoint
CREATE INDEX "playlists_owner_id_idx" ON "playlists" USING btree ("owner_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "playlists_watch_later_key" ON "playlists" USING btree ("owner_id") WHERE "playlists"."kind" = 'watch_later';--> statement-breakpoint
CREATE INDEX "subscriptions_channel_id_idx" ON "subscriptions" USING btree ("channel_id","user_id");--> statement-breakpoint
CREATE INDEX "watch_progress_history_idx" ON "watch_progress" USING btree ("user_id","watched_at" DESC NULLS LAST,"video_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "watch_progress_video_id_idx" ON "watch_progress" USING btree ("video_id");--> statement-breakpoint
CREATE INDEX "videos_trending_idx" ON "videos" USING btree ("trend_score" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "videos"."visibility" = 'public' and "videos"."status" = 'ready' and "videos"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "videos_popular_idx" ON "videos" USING btree ("view_count" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "videos"."visibility" = 'public' and "videos"."status" = 'ready' and "videos"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "videos_channel_published_idx" ON "videos" USING btree ("channel_id","published_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "videos"."visibility" = 'public' and "videos"."status" = 'ready' and "videos"."deleted_at" is null;--> statement-breakpoint
-- Counters are kept by the statement that changes what they count, whoever it comes from, so that no path forgets them.
-- By statement and not by row: removing a video with a hundred thousand likes is one change of its counter.
CREATE FUNCTION "count_likes_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "video_reactions" ("video_id", "likes")
    SELECT "video_id", count(*)::int FROM added GROUP BY "video_id" ORDER BY "video_id"
    ON CONFLICT ("video_id") DO UPDATE SET "likes" = "video_reactions"."likes" + excluded."likes";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "likes_added" AFTER INSERT ON "likes" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "count_likes_added"();--> statement-breakpoint
CREATE FUNCTION "count_likes_gone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "video_reactions" r SET "likes" = r."likes" - g."count"
    FROM (SELECT "video_id", count(*)::int AS "count" FROM gone GROUP BY "video_id") g WHERE r."video_id" = g."video_id";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "likes_gone" AFTER DELETE ON "likes" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "count_likes_gone"();--> statement-breakpoint
CREATE FUNCTION "count_comment_likes_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "comments" c SET "likes" = c."likes" + a."count"
    FROM (SELECT "comment_id", count(*)::int AS "count" FROM added GROUP BY "comment_id") a WHERE c."id" = a."comment_id";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "comment_likes_added" AFTER INSERT ON "comment_likes" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "count_comment_likes_added"();--> statement-breakpoint
CREATE FUNCTION "count_comment_likes_gone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "comments" c SET "likes" = c."likes" - g."count"
    FROM (SELECT "comment_id", count(*)::int AS "count" FROM gone GROUP BY "comment_id") g WHERE c."id" = g."comment_id";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "comment_likes_gone" AFTER DELETE ON "comment_likes" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "count_comment_likes_gone"();--> statement-breakpoint
CREATE FUNCTION "is_comment_counted"("one" "comments") RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN "one"."state" = 'shown' AND NOT "one"."hidden" THEN 1 ELSE 0 END
$$;--> statement-breakpoint
CREATE FUNCTION "count_comments_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "comments" c SET "replies" = c."replies" + a."count"
    FROM (SELECT n."parent_id", sum("is_comment_counted"(n))::int AS "count" FROM added n GROUP BY n."parent_id") a
    WHERE c."id" = a."parent_id" AND a."count" <> 0;
  INSERT INTO "video_reactions" ("video_id", "comments")
    SELECT n."video_id", sum("is_comment_counted"(n))::int FROM added n GROUP BY n."video_id" ORDER BY n."video_id"
    ON CONFLICT ("video_id") DO UPDATE SET "comments" = "video_reactions"."comments" + excluded."comments";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "comments_added" AFTER INSERT ON "comments" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "count_comments_added"();--> statement-breakpoint
CREATE FUNCTION "count_comments_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "comments" c SET "replies" = c."replies" + a."change"
    FROM (SELECT n."parent_id", sum("is_comment_counted"(n) - "is_comment_counted"(o))::int AS "change"
      FROM after_it n JOIN before_it o ON o."id" = n."id" WHERE n."parent_id" IS NOT NULL GROUP BY n."parent_id") a
    WHERE c."id" = a."parent_id" AND a."change" <> 0;
  UPDATE "video_reactions" r SET "comments" = r."comments" + a."change"
    FROM (SELECT n."video_id", sum("is_comment_counted"(n) - "is_comment_counted"(o))::int AS "change"
      FROM after_it n JOIN before_it o ON o."id" = n."id" GROUP BY n."video_id") a
    WHERE r."video_id" = a."video_id" AND a."change" <> 0;
  RETURN NULL;
END
$$;--> statement-breakpoint
-- Not for what the triggers themselves change, or this would call itself without end.
CREATE TRIGGER "comments_changed" AFTER UPDATE ON "comments" REFERENCING OLD TABLE AS before_it NEW TABLE AS after_it
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION "count_comments_changed"();--> statement-breakpoint
CREATE FUNCTION "count_subscriptions_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "channel_followers" ("channel_id", "subscribers")
    SELECT "channel_id", count(*)::int FROM added GROUP BY "channel_id" ORDER BY "channel_id"
    ON CONFLICT ("channel_id") DO UPDATE SET "subscribers" = "channel_followers"."subscribers" + excluded."subscribers";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "subscriptions_added" AFTER INSERT ON "subscriptions" REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION "count_subscriptions_added"();--> statement-breakpoint
CREATE FUNCTION "count_subscriptions_gone"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "channel_followers" f SET "subscribers" = f."subscribers" - g."count"
    FROM (SELECT "channel_id", count(*)::int AS "count" FROM gone GROUP BY "channel_id") g WHERE f."channel_id" = g."channel_id";
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "subscriptions_gone" AFTER DELETE ON "subscriptions" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "count_subscriptions_gone"();
