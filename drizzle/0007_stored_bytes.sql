CREATE TABLE "delivery_months" (
	"user_id" uuid NOT NULL,
	"month" date NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "delivery_months_pkey" PRIMARY KEY("user_id","month")
);
--> statement-breakpoint
ALTER TABLE "assets" ALTER COLUMN "video_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_counters" ADD COLUMN "near_percent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "usage_counters" ADD COLUMN "near_crossings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "channel_id" uuid;--> statement-breakpoint
ALTER TABLE "assets" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "delivery_months" ADD CONSTRAINT "delivery_months_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "usage_counters_updated_at_idx" ON "usage_counters" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "assets_channel_id_idx" ON "assets" USING btree ("channel_id") WHERE "assets"."channel_id" is not null;--> statement-breakpoint
CREATE INDEX "assets_user_id_idx" ON "assets" USING btree ("user_id") WHERE "assets"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "assets_run_id_idx" ON "assets" USING btree ("run_id") WHERE "assets"."run_id" is not null;--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_belongs_check" CHECK (num_nonnulls("assets"."video_id", "assets"."channel_id", "assets"."user_id") <= 1);--> statement-breakpoint
CREATE FUNCTION "usage_payer"("video" uuid, "channel" uuid, "account" uuid) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT coalesce("account", (SELECT c."owner_id" FROM "channels" c
    WHERE c."id" = coalesce("channel", (SELECT v."channel_id" FROM "videos" v WHERE v."id" = "video"))))
$$;--> statement-breakpoint
CREATE FUNCTION "note_asset_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  asset "assets";
  payer uuid;
  change bigint := 0;
BEGIN
  IF TG_OP <> 'INSERT' THEN asset := OLD; change := change - OLD."size_bytes"; END IF;
  IF TG_OP <> 'DELETE' THEN asset := NEW; change := change + NEW."size_bytes"; END IF;
  IF change = 0 THEN RETURN NULL; END IF;
  payer := "usage_payer"(asset."video_id", asset."channel_id", asset."user_id");
  -- The instance's own marks are nobody's.
  IF payer IS NULL THEN RETURN NULL; END IF;
  INSERT INTO "usage_entries" ("id", "user_id", "video_id", "subject", "kind", "bytes")
  VALUES (gen_random_uuid(), payer, asset."video_id", asset."key",
    coalesce(nullif(current_setting('kinora.usage_kind', true), ''), CASE WHEN change > 0 THEN 'store' ELSE 'remove' END),
    change);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "assets_usage" AFTER INSERT OR DELETE OR UPDATE OF "size_bytes" ON "assets"
  FOR EACH ROW EXECUTE FUNCTION "note_asset_usage"();--> statement-breakpoint
CREATE FUNCTION "count_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "usage_counters" ("user_id", "stored_bytes") VALUES (NEW."user_id", NEW."bytes")
  ON CONFLICT ("user_id") DO UPDATE
    SET "stored_bytes" = "usage_counters"."stored_bytes" + excluded."stored_bytes", "updated_at" = now();
  RETURN NULL;
END
$$;--> statement-breakpoint
-- At commit: the counter is every transaction's last lock, so that no two can wait for each other.
CREATE CONSTRAINT TRIGGER "usage_entries_count" AFTER INSERT ON "usage_entries" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION "count_usage"();--> statement-breakpoint
CREATE FUNCTION "move_usage"("moved" uuid[], "channel" uuid, "before" uuid, "after" uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "usage_entries" ("id", "user_id", "video_id", "subject", "kind", "bytes")
  SELECT gen_random_uuid(), side."payer", sums."video_id", coalesce('video:' || sums."video_id", 'channel:' || "channel"),
    CASE WHEN side."sign" > 0 THEN 'store' ELSE 'remove' END, side."sign" * sums."bytes"
  FROM (SELECT a."video_id", sum(a."size_bytes")::bigint AS "bytes" FROM "assets" a
      WHERE a."video_id" = ANY ("moved") OR a."channel_id" = "channel" GROUP BY a."video_id") sums,
    (VALUES ("before", -1), ("after", 1)) side("payer", "sign")
  WHERE sums."bytes" <> 0 AND "before" <> "after"
$$;--> statement-breakpoint
CREATE FUNCTION "move_channel_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "move_usage"(array(SELECT v."id" FROM "videos" v WHERE v."channel_id" = NEW."id"), NEW."id", OLD."owner_id", NEW."owner_id");
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "channels_usage" AFTER UPDATE OF "owner_id" ON "channels"
  FOR EACH ROW WHEN (OLD."owner_id" <> NEW."owner_id") EXECUTE FUNCTION "move_channel_usage"();--> statement-breakpoint
CREATE FUNCTION "move_video_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "move_usage"(array[NEW."id"], NULL, "usage_payer"(NULL, OLD."channel_id", NULL), "usage_payer"(NULL, NEW."channel_id", NULL));
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "videos_usage" AFTER UPDATE OF "channel_id" ON "videos"
  FOR EACH ROW WHEN (OLD."channel_id" <> NEW."channel_id") EXECUTE FUNCTION "move_video_usage"();--> statement-breakpoint
INSERT INTO "assets" ("id", "video_id", "run_id", "kind", "key", "size_bytes", "content_type")
  SELECT gen_random_uuid(), r."video_id", r."id", 'working', 'runs/' || r."video_id" || '/' || r."id" || '/', 0, 'application/octet-stream'
  FROM "runs" r JOIN "videos" v ON v."id" = r."video_id"
  WHERE r."state" = 'running' OR r."id" = v."current_run_id" OR r."ended_at" > now() - interval '25 hours';--> statement-breakpoint
INSERT INTO "assets" ("id", "video_id", "kind", "key", "size_bytes", "content_type")
  SELECT gen_random_uuid(), c."video_id", 'caption', c."key", c."size_bytes", 'text/vtt' FROM "captions" c
  ON CONFLICT ("key") DO NOTHING;--> statement-breakpoint
INSERT INTO "delivery_months" ("user_id", "month", "bytes")
  SELECT d."user_id", date_trunc('month', d."day")::date, sum(d."bytes") FROM "delivered_bytes" d GROUP BY 1, 2;
--> statement-breakpoint
-- The backfill above is counted now: later migrations may change the table in the same transaction.
SET CONSTRAINTS "usage_entries_count" IMMEDIATE;
