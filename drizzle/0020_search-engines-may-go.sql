-- An engine whose row goes while somebody writes is passed over: without the lock the reference to it would fail, and the
-- write with it.
CREATE OR REPLACE FUNCTION "search_note"("kind" text, "subjects" uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "search_changes" ("engine", "kind", "subject_id")
  SELECT e."name", "kind", s."id" FROM "search_engines" e, (SELECT DISTINCT unnest("subjects") AS "id") s
  FOR KEY SHARE OF e
$$;
