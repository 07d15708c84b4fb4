CREATE EXTENSION IF NOT EXISTS intarray;--> statement-breakpoint
CREATE TABLE "cues" (
	"caption_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"start_ms" integer NOT NULL,
	"end_ms" integer NOT NULL,
	"text" text NOT NULL,
	"stems" integer[] NOT NULL,
	CONSTRAINT "cues_pkey" PRIMARY KEY("caption_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "search_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"engine" text NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "search_changes_kind_check" CHECK ("search_changes"."kind" in ('video', 'channel'))
);
--> statement-breakpoint
CREATE TABLE "search_channels" (
	"channel_id" uuid NOT NULL,
	"key" text collate "C" NOT NULL,
	CONSTRAINT "search_channels_pkey" PRIMARY KEY("channel_id","key")
);
--> statement-breakpoint
CREATE TABLE "search_deletions" (
	"hash" integer NOT NULL,
	"word_id" integer NOT NULL,
	CONSTRAINT "search_deletions_pkey" PRIMARY KEY("hash","word_id")
);
--> statement-breakpoint
CREATE TABLE "search_documents" (
	"video_id" uuid PRIMARY KEY NOT NULL,
	"channel_id" uuid NOT NULL,
	"tier" smallint NOT NULL,
	"popularity" real NOT NULL,
	"published_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer,
	"category" text,
	"language" text,
	"tags" text[] NOT NULL,
	"has_captions" boolean NOT NULL,
	"codes" integer[] NOT NULL,
	"weights" integer[] NOT NULL,
	"words" integer[] NOT NULL,
	"title_words" smallint NOT NULL,
	"fingerprint" text NOT NULL,
	CONSTRAINT "search_documents_tier_check" CHECK ("search_documents"."tier" between 0 and 2)
);
--> statement-breakpoint
CREATE TABLE "search_engines" (
	"name" text PRIMARY KEY NOT NULL,
	"analysis_version" integer,
	"checked_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_stems" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_stems_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"stem" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_words_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"word" text collate "C" NOT NULL,
	"stem_id" integer NOT NULL,
	"documents" integer DEFAULT 0 NOT NULL,
	"grade" smallint GENERATED ALWAYS AS ((floor(ln((documents + 1)::float8) * 1.4426950408889634::float8))::smallint) STORED
);
--> statement-breakpoint
ALTER TABLE "captions" ADD COLUMN "cues_key" text;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "videos" ADD COLUMN "language" text;--> statement-breakpoint
ALTER TABLE "cues" ADD CONSTRAINT "cues_caption_id_captions_id_fk" FOREIGN KEY ("caption_id") REFERENCES "public"."captions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_changes" ADD CONSTRAINT "search_changes_engine_search_engines_name_fk" FOREIGN KEY ("engine") REFERENCES "public"."search_engines"("name") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_channels" ADD CONSTRAINT "search_channels_channel_id_channels_id_fk" FOREIGN KEY ("channel_id") REFERENCES "public"."channels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_changes_engine_id_idx" ON "search_changes" USING btree ("engine","id");--> statement-breakpoint
CREATE INDEX "search_channels_key_idx" ON "search_channels" USING btree ("key");--> statement-breakpoint
CREATE INDEX "search_documents_best_idx" ON "search_documents" USING gin ("codes") WITH (fastupdate=false) WHERE tier = 0;--> statement-breakpoint
CREATE INDEX "search_documents_good_idx" ON "search_documents" USING gin ("codes") WITH (fastupdate=false) WHERE tier = 1;--> statement-breakpoint
CREATE INDEX "search_documents_rest_idx" ON "search_documents" USING gin ("codes") WITH (fastupdate=false) WHERE tier = 2;--> statement-breakpoint
CREATE INDEX "search_documents_published_at_idx" ON "search_documents" USING btree ("published_at" DESC NULLS LAST,"video_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "search_documents_popularity_idx" ON "search_documents" USING btree ("popularity" DESC NULLS LAST,"video_id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "search_stems_stem_key" ON "search_stems" USING btree ("stem");--> statement-breakpoint
CREATE UNIQUE INDEX "search_words_word_key" ON "search_words" USING btree ("word");--> statement-breakpoint
CREATE INDEX "search_words_stem_id_idx" ON "search_words" USING btree ("stem_id");--> statement-breakpoint
CREATE INDEX "search_words_first_idx" ON "search_words" USING btree (left(word, 1),"grade" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "search_words_first_two_idx" ON "search_words" USING btree (left(word, 2),"grade" DESC NULLS LAST);--> statement-breakpoint
INSERT INTO "search_engines" ("name") VALUES ('postgres');--> statement-breakpoint
CREATE FUNCTION "search_note"("kind" text, "subjects" uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "search_changes" ("engine", "kind", "subject_id")
  SELECT e."name", "kind", s."id" FROM "search_engines" e, (SELECT DISTINCT unnest("subjects") AS "id") s
$$;--> statement-breakpoint
CREATE FUNCTION "search_note_video"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "search_note"('video', array[NEW."id"]);
  RETURN NULL;
END
$$;--> statement-breakpoint
-- What nobody but its members sees is in no engine, so its changes are none.
CREATE TRIGGER "videos_search_insert" AFTER INSERT ON "videos"
  FOR EACH ROW WHEN (NEW."visibility" = 'public') EXECUTE FUNCTION "search_note_video"();--> statement-breakpoint
CREATE TRIGGER "videos_search_update" AFTER UPDATE OF "title", "description", "tags", "visibility", "status", "taken_down_at",
  "deleted_at", "published_at", "channel_id", "category", "language", "duration_ms" ON "videos"
  FOR EACH ROW WHEN ((OLD."visibility" = 'public' OR NEW."visibility" = 'public')
    AND (OLD."title", OLD."description", OLD."tags", OLD."visibility", OLD."status", OLD."taken_down_at", OLD."deleted_at",
      OLD."published_at", OLD."channel_id", OLD."category", OLD."language", OLD."duration_ms")
    IS DISTINCT FROM (NEW."title", NEW."description", NEW."tags", NEW."visibility", NEW."status", NEW."taken_down_at",
      NEW."deleted_at", NEW."published_at", NEW."channel_id", NEW."category", NEW."language", NEW."duration_ms"))
  EXECUTE FUNCTION "search_note_video"();--> statement-breakpoint
CREATE FUNCTION "search_note_removed_video"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "search_note"('video', array[OLD."id"]);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "videos_search_delete" AFTER DELETE ON "videos"
  FOR EACH ROW EXECUTE FUNCTION "search_note_removed_video"();--> statement-breakpoint
-- One row per statement and video, however many captions and chapters it changes.
CREATE FUNCTION "search_note_texts"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "search_note"('video', array(SELECT DISTINCT c."video_id" FROM "changed" c));
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "captions_search_insert" AFTER INSERT ON "captions" REFERENCING NEW TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE TRIGGER "captions_search_delete" AFTER DELETE ON "captions" REFERENCING OLD TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE FUNCTION "search_note_text"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "search_note"('video', array[NEW."video_id"]);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "captions_search_update" AFTER UPDATE OF "key", "language" ON "captions"
  FOR EACH ROW WHEN ((OLD."key", OLD."language") IS DISTINCT FROM (NEW."key", NEW."language"))
  EXECUTE FUNCTION "search_note_text"();--> statement-breakpoint
CREATE TRIGGER "chapters_search_insert" AFTER INSERT ON "chapters" REFERENCING NEW TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE TRIGGER "chapters_search_update" AFTER UPDATE ON "chapters" REFERENCING NEW TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE TRIGGER "chapters_search_delete" AFTER DELETE ON "chapters" REFERENCING OLD TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE FUNCTION "search_note_channel"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "search_note"('channel', array[NEW."id"]);
  PERFORM "search_note"('video',
    array(SELECT v."id" FROM "videos" v WHERE v."channel_id" = NEW."id" AND v."visibility" = 'public'));
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "channels_search_insert" AFTER INSERT ON "channels"
  FOR EACH ROW EXECUTE FUNCTION "search_note_channel"();--> statement-breakpoint
CREATE TRIGGER "channels_search_update" AFTER UPDATE OF "name", "handle", "owner_id", "deleted_at" ON "channels"
  FOR EACH ROW WHEN ((OLD."name", OLD."handle", OLD."owner_id", OLD."deleted_at")
    IS DISTINCT FROM (NEW."name", NEW."handle", NEW."owner_id", NEW."deleted_at"))
  EXECUTE FUNCTION "search_note_channel"();--> statement-breakpoint
CREATE FUNCTION "search_note_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "search_note"('channel', array(SELECT c."id" FROM "channels" c WHERE c."owner_id" = NEW."id"));
  PERFORM "search_note"('video', array(SELECT v."id" FROM "videos" v JOIN "channels" c ON c."id" = v."channel_id"
    WHERE c."owner_id" = NEW."id" AND v."visibility" = 'public'));
  RETURN NULL;
END
$$;--> statement-breakpoint
-- A suspended owner's videos are not found.
CREATE TRIGGER "users_search_update" AFTER UPDATE OF "status", "deleted_at" ON "users"
  FOR EACH ROW WHEN ((OLD."status", OLD."deleted_at") IS DISTINCT FROM (NEW."status", NEW."deleted_at"))
  EXECUTE FUNCTION "search_note_owner"();--> statement-breakpoint
-- What is there already.
INSERT INTO "search_changes" ("engine", "kind", "subject_id") SELECT 'postgres', 'channel', c."id" FROM "channels" c;--> statement-breakpoint
INSERT INTO "search_changes" ("engine", "kind", "subject_id")
  SELECT 'postgres', 'video', v."id" FROM "videos" v
  WHERE v."visibility" = 'public' OR EXISTS (SELECT 1 FROM "captions" c WHERE c."video_id" = v."id");
