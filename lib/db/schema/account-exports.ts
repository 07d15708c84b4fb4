import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts.ts";
import { createdAt, id, instant } from "./columns.ts";

/** All that is kept of an account, as one file for its owner; gone after a week. */
export const accountExports = pgTable(
  "account_exports",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    // `expired`: its file is gone.
    state: text("state", { enum: ["queued", "ready", "expired"] })
      .notNull()
      .default("queued"),
    // The zip in the object store; written down before the file is, so that no crash leaves one that nobody knows.
    key: text("key").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    readyAt: instant("ready_at"),
    expiresAt: instant("expires_at"),
  },
  (t) => [
    // One at a time.
    uniqueIndex("account_exports_queued_key").on(t.userId).where(sql`${t.state} = 'queued'`),
    index("account_exports_user_id_idx").on(t.userId, t.id),
    index("account_exports_expires_at_idx").on(t.expiresAt).where(sql`${t.state} = 'ready'`),
    check("account_exports_state_check", sql`${t.state} in ('queued', 'ready', 'expired')`),
  ],
);
