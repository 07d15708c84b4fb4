import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { channels, users } from "./accounts.ts";
import { createdAt, id, instant, updatedAt } from "./columns.ts";
import { videos } from "./videos.ts";

/** What opens one video to whoever has an address with it, until it expires or is revoked. */
export const playbackTokens = pgTable(
  "playback_tokens",
  {
    // Media signatures that were made for a token carry this id, so that revoking it ends them too.
    id: id(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id, { onDelete: "cascade" }),
    // Null when the account that made it is gone.
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    // For whom or what it is, in its maker's words.
    note: text("note").notNull().default(""),
    // sha256 of the token; the token itself was told once.
    tokenHash: text("token_hash").notNull(),
    // Host names (`example.org`, `*.example.org`); with any, the token opens embeds on those sites and nothing else.
    sites: text("sites").array().notNull().default(sql`'{}'::text[]`),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("playback_tokens_token_hash_key").on(t.tokenHash),
    index("playback_tokens_video_id_idx").on(t.videoId, t.id),
    // Asked with every look at who may watch what: those whose signatures may still be about.
    index("playback_tokens_revoked_idx").on(t.videoId, t.expiresAt).where(sql`${t.revokedAt} is not null`),
    index("playback_tokens_expires_at_idx").on(t.expiresAt),
  ],
);

/** Where a channel's videos may be embedded; without a row anywhere. */
export const channelSharing = pgTable(
  "channel_sharing",
  {
    channelId: uuid("channel_id")
      .primaryKey()
      .references(() => channels.id, { onDelete: "cascade" }),
    embedding: text("embedding", { enum: ["anywhere", "listed", "nowhere"] }).notNull(),
    // Host names (`example.org`, `*.example.org`); they count while `embedding` is `listed`.
    sites: text("sites").array().notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [check("channel_sharing_embedding_check", sql`${t.embedding} in ('anywhere', 'listed', 'nowhere')`)],
);

/** What others may do with one video; without a row it may be embedded and not downloaded. */
export const videoSharing = pgTable(
  "video_sharing",
  {
    videoId: uuid("video_id")
      .primaryKey()
      .references(() => videos.id, { onDelete: "cascade" }),
    embeddable: boolean("embeddable").notNull().default(true),
    // Whoever may watch it may also take its sound file; the podcast feed holds those only.
    downloadable: boolean("downloadable").notNull().default(false),
    updatedAt: updatedAt(),
  },
  (t) => [index("video_sharing_downloadable_idx").on(t.videoId).where(sql`${t.downloadable}`)],
);
