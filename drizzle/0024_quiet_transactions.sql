CREATE TABLE "quiet_transactions" (
	"xid" "xid8" PRIMARY KEY NOT NULL,
	"marked_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
