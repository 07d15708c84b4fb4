CREATE TABLE "label_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"place_from_file" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "video_labels" (
	"video_id" uuid NOT NULL,
	"label" text NOT NULL,
	"confidence" real NOT NULL,
	"frames" integer NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "video_labels_pkey" PRIMARY KEY("video_id","label"),
	CONSTRAINT "video_labels_state_check" CHECK ("video_labels"."state" in ('suggested', 'accepted', 'removed')),
	CONSTRAINT "video_labels_confidence_check" CHECK ("video_labels"."confidence" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "video_looks" (
	"video_id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"state" text NOT NULL,
	"frames" integer NOT NULL,
	"took_ms" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "video_looks_state_check" CHECK ("video_looks"."state" in ('done', 'partial', 'unavailable'))
);
--> statement-breakpoint
CREATE TABLE "video_places" (
	"video_id" uuid PRIMARY KEY NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"city" text,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp (3) with time zone,
	CONSTRAINT "video_places_state_check" CHECK ("video_places"."state" in ('suggested', 'accepted', 'removed')),
	CONSTRAINT "video_places_suggested_check" CHECK ("video_places"."state" <> 'suggested' or num_nonnulls("video_places"."latitude", "video_places"."longitude") = 2)
);
--> statement-breakpoint
ALTER TABLE "label_settings" ADD CONSTRAINT "label_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_labels" ADD CONSTRAINT "video_labels_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_looks" ADD CONSTRAINT "video_looks_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "video_places" ADD CONSTRAINT "video_places_video_id_videos_id_fk" FOREIGN KEY ("video_id") REFERENCES "public"."videos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Suggested things are found by their words too; a look writes all of them in one statement.
CREATE TRIGGER "video_labels_search_insert" AFTER INSERT ON "video_labels" REFERENCING NEW TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE TRIGGER "video_labels_search_delete" AFTER DELETE ON "video_labels" REFERENCING OLD TABLE AS "changed"
  FOR EACH STATEMENT EXECUTE FUNCTION "search_note_texts"();--> statement-breakpoint
CREATE TRIGGER "video_labels_search_update" AFTER UPDATE OF "state" ON "video_labels"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "search_note_text"();
