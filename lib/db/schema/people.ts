import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { channels, users } from "./accounts.ts";
import { createdAt, id, instant, updatedAt } from "./columns.ts";
import { videos } from "./videos.ts";

/** Who likes what; one row per account and video. A trigger keeps `video_reactions.likes`. */
export const likes = pgTable(
  "likes",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "likes_pkey", columns: [t.userId, t.videoId] }),
    index("likes_video_id_idx").on(t.videoId),
    // What somebody likes, the latest first.
    index("likes_latest_idx").on(t.userId, t.createdAt.desc(), t.videoId.desc()),
  ],
);

/**
 * What people do about a video, in numbers that triggers keep, and whether it takes comments. A row of its own, so that a
 * like never waits behind an edit of the video; absent means nothing yet. Every change of a video's comments locks it first.
 */
export const videoReactions = pgTable(
  "video_reactions",
  {
    videoId: uuid("video_id")
      .primaryKey()
      .references(() => videos.id),
    likes: integer("likes").notNull().default(0),
    // Comments that everybody sees, replies too.
    comments: integer("comments").notNull().default(0),
    // `held`: new ones wait until somebody of the channel lets them through.
    commentsMode: text("comments_mode", { enum: ["open", "held", "off"] })
      .notNull()
      .default("open"),
  },
  (t) => [
    check("video_reactions_likes_check", sql`${t.likes} >= 0`),
    check("video_reactions_comments_check", sql`${t.comments} >= 0`),
    check("video_reactions_comments_mode_check", sql`${t.commentsMode} in ('open', 'held', 'off')`),
  ],
);

/** A comment under a video or, with `parent_id`, a reply under such a one; deeper there is nothing. */
export const comments = pgTable(
  "comments",
  {
    id: id(),
    videoId: uuid("video_id")
      .notNull()
      .references(() => videos.id),
    // The comment that began the thread; null for that one itself.
    parentId: uuid("parent_id").references((): AnyPgColumn => comments.id),
    // Whom a reply answers: the writer of the comment or of another reply of its thread.
    repliedToId: uuid("replied_to_id").references(() => users.id),
    // Null once the account was removed.
    authorId: uuid("author_id").references(() => users.id),
    // Empty once it was deleted.
    body: text("body").notNull(),
    // `held`: waits for the channel; `removed`: taken away by the channel, who can put it back; `deleted`: by its author, for good.
    state: text("state", { enum: ["shown", "held", "removed", "deleted"] })
      .notNull()
      .default("shown"),
    // Its author is hidden on the channel: seen by them and by the channel only.
    hidden: boolean("hidden").notNull().default(false),
    // Kept by triggers.
    likes: integer("likes").notNull().default(0),
    replies: integer("replies").notNull().default(0),
    pinnedAt: instant("pinned_at"),
    editedAt: instant("edited_at"),
    createdAt: createdAt(),
  },
  (t) => [
    index("comments_newest_idx").on(t.videoId, t.id.desc()).where(sql`${t.parentId} is null`),
    index("comments_top_idx")
      .on(t.videoId, sql`(${t.likes} + ${t.replies}) desc`, t.id.desc())
      .where(sql`${t.parentId} is null`),
    index("comments_replies_idx").on(t.parentId, t.id).where(sql`${t.parentId} is not null`),
    index("comments_author_id_idx").on(t.authorId, t.id),
    // What waits for the channel.
    index("comments_held_idx").on(t.videoId, t.id).where(sql`${t.state} = 'held'`),
    uniqueIndex("comments_pinned_key").on(t.videoId).where(sql`${t.pinnedAt} is not null`),
    check("comments_state_check", sql`${t.state} in ('shown', 'held', 'removed', 'deleted')`),
    check("comments_pinned_check", sql`${t.pinnedAt} is null or ${t.parentId} is null`),
  ],
);

/** Who likes which comment. A trigger keeps `comments.likes`. */
export const commentLikes = pgTable(
  "comment_likes",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    commentId: uuid("comment_id")
      .notNull()
      .references(() => comments.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "comment_likes_pkey", columns: [t.userId, t.commentId] }),
    index("comment_likes_comment_id_idx").on(t.commentId),
  ],
);

/** Whose comments on a channel's videos only they and the channel itself see. */
export const hiddenPeople = pgTable(
  "hidden_people",
  {
    channelId: uuid("channel_id")
      .notNull()
      .references(() => channels.id),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    hiddenBy: uuid("hidden_by").references(() => users.id),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "hidden_people_pkey", columns: [t.channelId, t.userId] }),
    index("hidden_people_user_id_idx").on(t.userId),
  ],
);

/** Who follows which channel. A trigger keeps `channel_followers.subscribers`. */
export const subscriptions = pgTable(
  "subscriptions",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    channelId: uuid("channel_id")
      .notNull()
      .references(() => channels.id),
    // Whether a new video is told as a notice.
    notify: text("notify", { enum: ["all", "none"] })
      .notNull()
      .default("all"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: "subscriptions_pkey", columns: [t.userId, t.channelId] }),
    // Telling of a new video goes through them in this order, batch by batch.
    index("subscriptions_channel_id_idx").on(t.channelId, t.userId),
    check("subscriptions_notify_check", sql`${t.notify} in ('all', 'none')`),
  ],
);

/** How many follow a channel; absent means nobody. */
export const channelFollowers = pgTable(
  "channel_followers",
  {
    channelId: uuid("channel_id")
      .primaryKey()
      .references(() => channels.id),
    subscribers: integer("subscribers").notNull().default(0),
  },
  (t) => [check("channel_followers_subscribers_check", sql`${t.subscribers} >= 0`)],
);

/** Videos that somebody keeps together in an order. */
export const playlists = pgTable(
  "playlists",
  {
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id),
    // Every account has at most one of kind `watch_later`, made when it is first needed; it stays private.
    kind: text("kind", { enum: ["list", "watch_later"] })
      .notNull()
      .default("list"),
    title: text("title").notNull(),
    description: text("description").notNull().default(""),
    visibility: text("visibility", { enum: ["private", "unlisted", "public"] }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("playlists_owner_id_idx").on(t.ownerId, t.id),
    uniqueIndex("playlists_watch_later_key").on(t.ownerId).where(sql`${t.kind} = 'watch_later'`),
    check("playlists_kind_check", sql`${t.kind} in ('list', 'watch_later')`),
    check("playlists_visibility_check", sql`${t.visibility} in ('private', 'unlisted', 'public')`),
  ],
);

/** A video in a playlist. */
export const playlistItems = pgTable(
  "playlist_items",
  {
    id: id(),
    playlistId: uuid("playlist_id")
      .notNull()
      .references(() => playlists.id),
    // Names no row on purpose: the place stays, as "no longer available", when the video is gone.
    videoId: uuid("video_id").notNull(),
    // With room between neighbours, so that moving one changes one row; lib/library/position.ts.
    position: bigint("position", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("playlist_items_position_idx").on(t.playlistId, t.position, t.id),
    uniqueIndex("playlist_items_video_key").on(t.playlistId, t.videoId),
    index("playlist_items_video_id_idx").on(t.videoId),
  ],
);

/** How far an account has come in a video, and that it was watched. */
export const watchProgress = pgTable(
  "watch_progress",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id),
    // Names no row on purpose, as in playlists.
    videoId: uuid("video_id").notNull(),
    positionMs: integer("position_ms").notNull(),
    // When that was so: what a device tells late changes nothing that is newer.
    watchedAt: instant("watched_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "watch_progress_pkey", columns: [t.userId, t.videoId] }),
    index("watch_progress_history_idx").on(t.userId, t.watchedAt.desc(), t.videoId.desc()),
    index("watch_progress_video_id_idx").on(t.videoId),
    check("watch_progress_position_ms_check", sql`${t.positionMs} >= 0`),
  ],
);

/** Accounts that want nothing written into their history, and since when. */
export const pausedHistories = pgTable("paused_histories", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id),
  createdAt: createdAt(),
});
