import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { citext, createdAt, id, instant, updatedAt, xid8 } from "./columns.ts";

/** Every person and service with an account. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: citext("email").notNull(),
    username: citext("username").notNull(),
    displayName: text("display_name").notNull(),
    // Null for an account that only signs in through another service.
    passwordHash: text("password_hash"),
    // When somebody who reads the address's mail confirmed it; null until then, and again after a change.
    emailVerifiedAt: instant("email_verified_at"),
    // The re-encoded picture in the object store. Never overwritten: a new picture gets a new key.
    avatarKey: text("avatar_key"),
    // lib/accounts/avatar/avatar-choice.ts: a sent picture that is being made into the next one, or why it could not be.
    avatarChoice: jsonb("avatar_choice").$type<unknown>(),
    bio: text("bio").notNull().default(""),
    role: text("role", { enum: ["viewer", "creator", "admin"] }).notNull(),
    // `pending`: waits for an admin's approval and may do nothing until then.
    status: text("status", { enum: ["active", "pending", "suspended"] })
      .notNull()
      .default("active"),
    suspendedReason: text("suspended_reason"),
    // Every session and access token carries the version it was made under; raising it ends them all at once.
    sessionVersion: integer("session_version").notNull().default(1),
    locale: text("locale", { enum: ["en", "uk"] }),
    // What this account may store, upload in a day and deliver in a month; null for the instance's defaults.
    storageQuotaBytes: bigint("storage_quota_bytes", { mode: "number" }),
    dailyUploadBytes: bigint("daily_upload_bytes", { mode: "number" }),
    monthlyDeliveryBytes: bigint("monthly_delivery_bytes", { mode: "number" }),
    // When its owner asked for its deletion; it goes for good after a grace time unless that is taken back.
    deletionRequestedAt: instant("deletion_requested_at"),
    // When it goes, as its owner was told: another grace time afterwards changes nothing for it.
    deletionDueAt: instant("deletion_due_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    uniqueIndex("users_email_key").on(t.email),
    uniqueIndex("users_username_key").on(t.username),
    check("users_role_check", sql`${t.role} in ('viewer', 'creator', 'admin')`),
    check("users_status_check", sql`${t.status} in ('active', 'pending', 'suspended')`),
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
    description: text("description").notNull().default(""),
    // lib/uploads/dto.ts: what uploads get that do not say otherwise.
    uploadDefaults: jsonb("upload_defaults").notNull().default({}).$type<unknown>(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [uniqueIndex("channels_handle_key").on(t.handle), index("channels_owner_id_idx").on(t.ownerId)],
);

/** Who may work on a channel. Its maker is a member too, as owner. */
export const channelMembers = pgTable(
  "channel_members",
  {
    channelId: uuid("channel_id")
      .notNull()
      .references(() => channels.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    // Owners also invite, remove, rename and delete; editors work on its videos.
    role: text("role", { enum: ["owner", "editor"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "channel_members_pkey", columns: [t.channelId, t.userId] }),
    index("channel_members_user_id_idx").on(t.userId),
    check("channel_members_role_check", sql`${t.role} in ('owner', 'editor')`),
  ],
);

/** Somebody asked to join a channel; found by the secret in the mail, or by the address of a signed-in account. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    channelId: uuid("channel_id")
      .notNull()
      .references(() => channels.id),
    email: citext("email").notNull(),
    role: text("role", { enum: ["owner", "editor"] }).notNull(),
    // sha256 of the secret in the mail.
    tokenHash: text("token_hash").notNull(),
    invitedBy: uuid("invited_by")
      .notNull()
      .references(() => users.id),
    state: text("state", { enum: ["open", "accepted", "declined", "revoked"] })
      .notNull()
      .default("open"),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("invitations_token_hash_key").on(t.tokenHash),
    // One open invitation per address and channel.
    uniqueIndex("invitations_open_key").on(t.channelId, t.email).where(sql`${t.state} = 'open'`),
    index("invitations_email_idx").on(t.email).where(sql`${t.state} = 'open'`),
    check("invitations_state_check", sql`${t.state} in ('open', 'accepted', 'declined', 'revoked')`),
  ],
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

/** Transactions of the last minutes that changed nothing of what strangers are told (lib/db/content-version.ts). */
export const quietTransactions = pgTable("quiet_transactions", {
  xid: xid8("xid").primaryKey(),
  markedAt: instant("marked_at").notNull().defaultNow(),
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
    // Where the request came from; null for what the system did.
    address: text("address"),
    // What changed, field by field; null where nothing did. Never secrets.
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    details: jsonb("details").notNull().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    index("audit_log_target_idx").on(t.targetType, t.targetId, t.id),
    index("audit_log_actor_id_idx").on(t.actorId, t.id),
    index("audit_log_action_idx").on(t.action, t.id),
  ],
);
