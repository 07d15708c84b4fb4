ALTER TABLE "watermarks" ADD COLUMN "state" text DEFAULT 'empty' NOT NULL;--> statement-breakpoint
ALTER TABLE "watermarks" ADD COLUMN "drawing_id" uuid;--> statement-breakpoint
ALTER TABLE "watermarks" ADD COLUMN "sent_key" text;--> statement-breakpoint
ALTER TABLE "watermarks" ADD COLUMN "failure_code" text;--> statement-breakpoint
ALTER TABLE "watermarks" ADD COLUMN "image_width" integer;--> statement-breakpoint
ALTER TABLE "watermarks" ADD COLUMN "image_height" integer;--> statement-breakpoint
ALTER TABLE "watermarks" ADD CONSTRAINT "watermarks_state_check" CHECK ("watermarks"."state" in ('empty', 'drawing', 'ready', 'failed'));