ALTER TABLE "search_documents" DROP CONSTRAINT "search_documents_video_id_videos_id_fk";
