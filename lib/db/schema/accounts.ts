import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { citext, createdAt, id, instant, updatedAt } from "./columns.ts";

/** Every person and service with an account. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: citext("email").notNull(),
    username: citext("username").notNull(),
    displayName: text("display_name").notNull(),
    passwordHash: text("password_hash").notNull(),
    role: text("role", { enum: ["viewer", "creator", "admin"] }).notNull(),
    status: text("status", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    // Every session and access token carries the version it was made under; raising it ends them all at once.
    sessionVersion: integer("session_version").notNull().default(1),
    locale: text("locale", { enum: ["en", "uk"] }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("users_email_key").on(t.email),
    uniqueIndex("users_username_key").on(t.username),
    check("users_role_check", sql`${t.role} in ('viewer', 'creator', 'admin')`),
    check("users_status_check", sql`${t.status} in ('active', 'suspended')`),
  ],
);

/** Where videos are published; each creator has one from sign-up on. */
export const channels = pgTable(
  "channels",
  {
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id),
    handle: citext("handle").notNull(),
    name: text("name").notNull(),
    // lib/uploads/dto.ts: what uploads get that do not say otherwise.
    uploadDefaults: jsonb("upload_defaults").notNull().default({}).$type<unknown>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [uniqueIndex("channels_handle_key").on(t.handle), index("channels_owner_id_idx").on(t.ownerId)],
);

/** Keys that sign access tokens. Public halves are served as JWKS; private halves are sealed with AUTH_SECRET. */
export const signingKeys = pgTable("signing_keys", {
  // The key id (`kid`) that tokens name in their header.
  id: id(),
  algorithm: text("algorithm", { enum: ["EdDSA"] }).notNull(),
  publicJwk: jsonb("public_jwk").notNull().$type<Record<string, unknown>>(),
  sealedPrivateKey: text("sealed_private_key").notNull(),
  createdAt: createdAt(),
  // Set when the key signs no more; it stays in the JWKS until every token it signed has expired.
  retiredAt: instant("retired_at"),
});

/** Counters of fixed windows, by limit class and subject. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    // `<class>:<subject>`, the subject hashed when it is an address or an e-mail.
    key: text("key").primaryKey(),
    hits: integer("hits").notNull(),
    resetsAt: instant("resets_at").notNull(),
  },
  (t) => [index("rate_limits_resets_at_idx").on(t.resetsAt)],
);

/** Instance-wide values that outlive a restart. */
export const settings = pgTable("settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull().$type<unknown>(),
  updatedAt: updatedAt(),
});

/** What was done by whom; a trigger refuses update and delete. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: id(),
    // Null for what the system did by itself.
    actorId: uuid("actor_id"),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    requestId: text("request_id"),
    details: jsonb("details").notNull().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    index("audit_log_target_idx").on(t.targetType, t.targetId, t.id),
    index("audit_log_actor_id_idx").on(t.actorId, t.id),
  ],
);
