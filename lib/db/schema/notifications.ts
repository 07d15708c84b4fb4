import { sql } from "drizzle-orm";
import {
  boolean,
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
import { channels, users } from "./accounts.ts";
import { createdAt, id, instant, updatedAt } from "./columns.ts";

/**
 * Something that people or their programs may want to hear of, written in the transaction in which it happened. A job of
 * the same transaction turns it into notices, mails and webhook deliveries, each once.
 */
export const outbox = pgTable(
  "outbox",
  {
    // Also the event's stable id in webhooks.
    id: id(),
    // lib/notifications/event-types.ts
    type: text("type").notNull(),
    // Whom it concerns: the account that is told.
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    channelId: uuid("channel_id"),
    videoId: uuid("video_id"),
    data: jsonb("data").notNull().$type<Record<string, unknown>>(),
    // The same happening told twice is one: unique when set.
    dedupeKey: text("dedupe_key"),
    createdAt: createdAt(),
    dispatchedAt: instant("dispatched_at"),
  },
  (t) => [
    uniqueIndex("outbox_dedupe_key_key").on(t.dedupeKey),
    index("outbox_open_idx").on(t.createdAt).where(sql`${t.dispatchedAt} is null`),
  ],
);

/** One line in an account's notification centre. */
export const notifications = pgTable(
  "notifications",
  {
    id: id(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    eventId: uuid("event_id").notNull(),
    type: text("type").notNull(),
    videoId: uuid("video_id"),
    data: jsonb("data").notNull().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    readAt: instant("read_at"),
  },
  (t) => [
    uniqueIndex("notifications_event_id_user_id_key").on(t.eventId, t.userId),
    index("notifications_user_id_idx").on(t.userId, t.id),
    index("notifications_unread_idx").on(t.userId).where(sql`${t.readAt} is null`),
  ],
);

/** What an account wants of a kind of event, where it differs from the kind's default. */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    type: text("type").notNull(),
    inApp: boolean("in_app").notNull(),
    email: boolean("email").notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ name: "notification_choices_pkey", columns: [t.userId, t.type] })],
);

/** Every mail that was written: sent by SMTP where that is configured, else shown to admins. */
export const mails = pgTable(
  "mails",
  {
    id: id(),
    // Null for somebody without an account, such as an invited person.
    userId: uuid("user_id").references(() => users.id),
    toAddress: text("to_address").notNull(),
    // lib/notifications/mail-kinds.ts
    kind: text("kind").notNull(),
    locale: text("locale", { enum: ["en", "uk"] }).notNull(),
    subject: text("subject").notNull(),
    bodyText: text("body_text").notNull(),
    bodyHtml: text("body_html").notNull(),
    // For List-Unsubscribe; null for mails that one cannot do without.
    unsubscribeUrl: text("unsubscribe_url"),
    // `held`: no SMTP server is configured.
    state: text("state", { enum: ["queued", "held", "sent", "failed"] })
      .notNull()
      .default("queued"),
    // The same mail asked for twice is one: unique when set.
    dedupeKey: text("dedupe_key"),
    attempts: integer("attempts").notNull().default(0),
    // The server's last refusal, for the operator.
    lastError: text("last_error"),
    createdAt: createdAt(),
    sentAt: instant("sent_at"),
  },
  (t) => [
    uniqueIndex("mails_dedupe_key_key").on(t.dedupeKey),
    index("mails_state_idx").on(t.state, t.id),
    index("mails_user_id_idx").on(t.userId, t.id),
    check("mails_state_check", sql`${t.state} in ('queued', 'held', 'sent', 'failed')`),
  ],
);

/** An address of somebody's program that is told of events. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id),
    // Null for all that concerns the owner; else for that channel's events only.
    channelId: uuid("channel_id").references(() => channels.id),
    url: text("url").notNull(),
    // The key of the signatures, sealed with AUTH_SECRET.
    sealedSecret: text("sealed_secret").notNull(),
    // lib/notifications/event-types.ts
    events: text("events").array().notNull(),
    state: text("state", { enum: ["active", "disabled"] })
      .notNull()
      .default("active"),
    // Why the system switched it off; null when its owner did.
    disabledReason: text("disabled_reason"),
    // The first failure since the last success.
    failingSince: instant("failing_since"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: instant("deleted_at"),
  },
  (t) => [
    index("webhooks_owner_id_idx").on(t.ownerId, t.id),
    index("webhooks_channel_id_idx").on(t.channelId),
    check("webhooks_state_check", sql`${t.state} in ('active', 'disabled')`),
  ],
);

/** One event on its way to one webhook. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: id(),
    webhookId: uuid("webhook_id")
      .notNull()
      .references(() => webhooks.id),
    // The outbox's id; a replay keeps it, a test has one of its own.
    eventId: uuid("event_id").notNull(),
    type: text("type").notNull(),
    // The body exactly as it is signed and sent, every time.
    body: text("body").notNull(),
    state: text("state", { enum: ["queued", "delivered", "failed"] })
      .notNull()
      .default("queued"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    // Of the last attempt.
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    // At most the first kilobyte.
    lastAnswer: text("last_answer"),
    lastDurationMs: integer("last_duration_ms"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("webhook_deliveries_webhook_id_event_id_key").on(t.webhookId, t.eventId),
    index("webhook_deliveries_open_idx").on(t.nextAttemptAt).where(sql`${t.state} = 'queued'`),
    check("webhook_deliveries_state_check", sql`${t.state} in ('queued', 'delivered', 'failed')`),
  ],
);
