ALTER TABLE "users" ADD COLUMN "deletion_due_at" timestamp (3) with time zone;--> statement-breakpoint
-- What accounts that are leaving already were told stands in the audit log, written in the same transaction.
UPDATE "users" u SET "deletion_due_at" = coalesce(
  (SELECT (a."details" ->> 'removedAt')::timestamptz FROM "audit_log" a
    WHERE a."action" = 'account.leave' AND a."target_id" = u."id"::text ORDER BY a."id" DESC LIMIT 1),
  u."deletion_requested_at" + interval '14 days')
WHERE u."deletion_requested_at" IS NOT NULL;
