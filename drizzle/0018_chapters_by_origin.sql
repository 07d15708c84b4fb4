ALTER TABLE "videos" ADD COLUMN "no_chapters" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "chapters" DROP CONSTRAINT "chapters_pkey";
--> statement-breakpoint
ALTER TABLE "chapters" ADD CONSTRAINT "chapters_pkey" PRIMARY KEY("video_id","origin","start_ms");--> statement-breakpoint
-- Taking chapters away, or giving the automatic ones back, may change no row of theirs.
CREATE TRIGGER "videos_search_chapters" AFTER UPDATE OF "no_chapters" ON "videos"
  FOR EACH ROW WHEN (NEW."visibility" = 'public' AND OLD."no_chapters" IS DISTINCT FROM NEW."no_chapters")
  EXECUTE FUNCTION "search_note_video"();
