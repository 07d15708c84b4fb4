import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts.ts";
import { citext, createdAt, id, instant } from "./columns.ts";

/** One log-in: a browser's cookie or the family of a program's refresh tokens. Ending it ends all that came of it. */
export const sessions = pgTable(
  "sessions",
  {
    // Cookies and access tokens carry it (`sid`).
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    kind: text("kind", { enum: ["browser", "program"] }).notNull(),
    // As the client gave itself out, cut at 300 characters; told to its owner, never trusted.
    userAgent: text("user_agent").notNull().default(""),
    // As of its last use, like `lastSeenAt`; written at most once a minute.
    address: text("address").notNull().default(""),
    lastSeenAt: instant("last_seen_at").notNull().defaultNow(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    endedAt: instant("ended_at"),
    endReason: text("end_reason", { enum: ["logout", "revoked", "account", "reuse"] }),
  },
  (t) => [
    index("sessions_user_id_idx").on(t.userId, t.id),
    index("sessions_expires_at_idx").on(t.expiresAt),
    check("sessions_kind_check", sql`${t.kind} in ('browser', 'program')`),
  ],
);

/** A refresh token: good once. Using it again ends its session, because one of the two users stole it. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    id: id(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    // sha256 of the token.
    tokenHash: text("token_hash").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    usedAt: instant("used_at"),
  },
  (t) => [
    uniqueIndex("refresh_tokens_token_hash_key").on(t.tokenHash),
    index("refresh_tokens_session_id_idx").on(t.sessionId),
    index("refresh_tokens_expires_at_idx").on(t.expiresAt),
  ],
);

/** A key that a person made for a program; shown once. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    name: text("name").notNull(),
    // Its first characters, to tell it from others.
    prefix: text("prefix").notNull(),
    // sha256 of the token.
    tokenHash: text("token_hash").notNull(),
    // lib/accounts/scopes.ts
    scopes: text("scopes").array().notNull(),
    // Null for one that lasts until it is revoked.
    expiresAt: instant("expires_at"),
    // Written at most once a minute.
    lastUsedAt: instant("last_used_at"),
    lastUsedAddress: text("last_used_address"),
    createdAt: createdAt(),
    revokedAt: instant("revoked_at"),
  },
  (t) => [uniqueIndex("api_tokens_token_hash_key").on(t.tokenHash), index("api_tokens_user_id_idx").on(t.userId, t.id)],
);

/** A secret that was sent by mail; good once, for a while, and for the account it was made for. */
export const emailTokens = pgTable(
  "email_tokens",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    purpose: text("purpose", { enum: ["verify_email", "reset_password", "change_email"] }).notNull(),
    // The address that the mail went to: for `change_email` the new one.
    email: citext("email").notNull(),
    // sha256 of the secret.
    tokenHash: text("token_hash").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    usedAt: instant("used_at"),
  },
  (t) => [
    uniqueIndex("email_tokens_token_hash_key").on(t.tokenHash),
    index("email_tokens_user_id_idx").on(t.userId, t.purpose),
    index("email_tokens_expires_at_idx").on(t.expiresAt),
  ],
);

/** The second factor of an account (RFC 6238), sealed with AUTH_SECRET. */
export const totpSecrets = pgTable("totp_secrets", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id),
  sealedSecret: text("sealed_secret").notNull(),
  // Null until a first code showed that the person's device has it.
  confirmedAt: instant("confirmed_at"),
  // The last time step whose code was taken: each code is good once.
  lastStep: bigint("last_step", { mode: "number" }),
  createdAt: createdAt(),
});

/** What signs in when the second factor's device is lost; each is good once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    codeHash: text("code_hash").notNull(),
    createdAt: createdAt(),
    usedAt: instant("used_at"),
  },
  (t) => [uniqueIndex("recovery_codes_user_id_code_hash_key").on(t.userId, t.codeHash)],
);

/** A log-in at another service that stands for an account here. */
export const oauthAccounts = pgTable(
  "oauth_accounts",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    provider: text("provider").notNull(),
    // The service's own id of the person; addresses change, this does not.
    subject: text("subject").notNull(),
    email: citext("email"),
    emailVerified: boolean("email_verified").notNull().default(false),
    createdAt: createdAt(),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [
    uniqueIndex("oauth_accounts_provider_subject_key").on(t.provider, t.subject),
    index("oauth_accounts_user_id_idx").on(t.userId),
  ],
);
