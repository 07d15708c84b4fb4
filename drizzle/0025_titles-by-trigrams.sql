-- Where a database does not let its owner have the extension, lists answer all the same, by reading more.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "videos_title_idx" ON "videos" USING gin ("title" gin_trgm_ops) WITH (gin_pending_list_limit=256);
EXCEPTION
  WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
    RAISE NOTICE 'titles are looked through without an index: %', SQLERRM;
END
$$;
