import { z } from "zod";
import { pageFields } from "#lib/admin/page-cursor.ts";
import { idSchema } from "#lib/ids.ts";
import { channelRefSchema, thumbnailsSchema, videoSchema, visibilitySchema } from "#lib/videos/dto.ts";

/** A video's likes as the caller is told of them. */
export const likesSchema = z
  .object({ likes: z.number().int(), liked: z.boolean().describe("Whether one of them is the caller's.") })
  .meta({ id: "Likes" });
/** See `likesSchema`. */
export type LikesDto = z.output<typeof likesSchema>;

/** What lists of the caller's own things may be asked for. */
export const libraryQuerySchema = z.strictObject(pageFields);
/** See `libraryQuerySchema`. */
export type LibraryQuery = z.output<typeof libraryQuerySchema>;

/** How a channel is followed. */
export const subscriptionSchema = z
  .object({
    subscribers: z.number().int(),
    subscribed: z.boolean(),
    notify: z
      .enum(["all", "none"])
      .nullable()
      .describe("Whether new videos are told; null for who does not subscribe."),
  })
  .meta({ id: "Subscription" });
/** See `subscriptionSchema`. */
export type SubscriptionDto = z.output<typeof subscriptionSchema>;

/** How to follow a channel. */
export const subscriptionChangeSchema = z
  .strictObject({ notify: z.enum(["all", "none"]).default("all") })
  .meta({ id: "SubscriptionChange" });

/** A channel that the caller follows. */
export const followedChannelSchema = z
  .object({
    channel: channelRefSchema,
    subscribers: z.number().int(),
    notify: z.enum(["all", "none"]),
    since: z.iso.datetime(),
  })
  .meta({ id: "FollowedChannel" });
/** See `followedChannelSchema`. */
export type FollowedChannelDto = z.output<typeof followedChannelSchema>;

/** A page of followed channels, by name. */
export const followedChannelPageSchema = z
  .object({ items: z.array(followedChannelSchema), nextCursor: z.string().nullable() })
  .meta({ id: "FollowedChannelPage" });
/** See `followedChannelPageSchema`. */
export type FollowedChannelPageDto = z.output<typeof followedChannelPageSchema>;

/** A playlist. */
export const playlistSchema = z
  .object({
    id: idSchema,
    kind: z.enum(["list", "watch_later"]),
    title: z.string().describe("Empty for `watch_later`, which every language names for itself."),
    description: z.string(),
    visibility: visibilitySchema,
    owner: z.object({ username: z.string(), displayName: z.string() }),
    videos: z.number().int().describe("Videos in it that the caller may see."),
    cover: z
      .object({
        posterUrl: z.string().nullable(),
        thumbnails: thumbnailsSchema,
        dominantColor: z.string().nullable(),
      })
      .nullable()
      .describe("Of the first of them."),
    itemId: idSchema
      .nullable()
      .describe("In `GET /me/playlists?video=`: the item that holds that video; null for a list without it."),
    editable: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Playlist" });
/** See `playlistSchema`. */
export type PlaylistDto = z.output<typeof playlistSchema>;

/** A page of playlists, the newest first. */
export const playlistPageSchema = z
  .object({ items: z.array(playlistSchema), nextCursor: z.string().nullable() })
  .meta({ id: "PlaylistPage" });
/** See `playlistPageSchema`. */
export type PlaylistPageDto = z.output<typeof playlistPageSchema>;

/** What the caller's playlists may be asked for. */
export const playlistQuerySchema = z.strictObject({
  ...pageFields,
  video: idSchema.optional().describe("Tells of each list whether it holds this video."),
});
/** See `playlistQuerySchema`. */
export type PlaylistQuery = z.output<typeof playlistQuerySchema>;

const titleSchema = z.string().trim().min(1).max(150);
const descriptionSchema = z.string().trim().max(5000);

/** What makes a playlist. */
export const newPlaylistSchema = z
  .strictObject({
    title: titleSchema,
    description: descriptionSchema.default(""),
    visibility: visibilitySchema.default("private"),
  })
  .meta({ id: "NewPlaylist" });
/** See `newPlaylistSchema`. */
export type NewPlaylist = z.output<typeof newPlaylistSchema>;

/** What may be changed of a playlist. */
export const playlistPatchSchema = z
  .strictObject({
    title: titleSchema.optional(),
    description: descriptionSchema.optional(),
    visibility: visibilitySchema.optional(),
  })
  .meta({ id: "PlaylistPatch" });
/** See `playlistPatchSchema`. */
export type PlaylistPatch = z.output<typeof playlistPatchSchema>;

/** A place in a playlist. */
export const playlistItemSchema = z
  .object({
    id: idSchema,
    video: videoSchema
      .nullable()
      .describe("Null when it is no longer available; only the playlist's owner sees such items."),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: "PlaylistItem" });
/** See `playlistItemSchema`. */
export type PlaylistItemDto = z.output<typeof playlistItemSchema>;

/** A page of a playlist, in its order. */
export const playlistItemPageSchema = z
  .object({ items: z.array(playlistItemSchema), nextCursor: z.string().nullable() })
  .meta({ id: "PlaylistItemPage" });
/** See `playlistItemPageSchema`. */
export type PlaylistItemPageDto = z.output<typeof playlistItemPageSchema>;

/** A page of what the caller watches later. */
export const watchLaterPageSchema = playlistItemPageSchema
  .extend({ playlistId: idSchema })
  .meta({ id: "WatchLaterPage" });
/** See `watchLaterPageSchema`. */
export type WatchLaterPageDto = z.output<typeof watchLaterPageSchema>;

/** Whether a video is among what the caller watches later. */
export const savedSchema = z.object({ saved: z.boolean() }).meta({ id: "Saved" });
/** See `savedSchema`. */
export type SavedDto = z.output<typeof savedSchema>;

/** Which video to put into a playlist. */
export const newPlaylistItemSchema = z.strictObject({ videoId: idSchema }).meta({ id: "NewPlaylistItem" });

/** The item that holds a video. */
export const placedItemSchema = z.object({ id: idSchema, playlistId: idSchema }).meta({ id: "PlacedItem" });
/** See `placedItemSchema`. */
export type PlacedItemDto = z.output<typeof placedItemSchema>;

/** Where an item goes. */
export const itemMoveSchema = z
  .strictObject({ afterId: idSchema.nullable().describe("The item before it; null puts it first.") })
  .meta({ id: "ItemMove" });

/** How far the caller has come in a video. */
export const watchProgressSchema = z
  .object({
    positionMs: z.number().int().nullable().describe("Where to go on; null from the beginning."),
    watchedAt: z.iso.datetime().nullable().describe("When that was; null for a video that was never watched."),
  })
  .meta({ id: "WatchProgress" });
/** See `watchProgressSchema`. */
export type WatchProgressDto = z.output<typeof watchProgressSchema>;

/** The longest video has less than this many milliseconds: four weeks. */
const mostMs = 28 * 86_400_000;

/** How far the caller has come. */
export const watchProgressChangeSchema = z
  .strictObject({
    positionMs: z.number().int().min(0).max(mostMs),
    agoMs: z
      .number()
      .int()
      .min(0)
      .max(7 * 86_400_000)
      .default(0)
      .describe("How long ago that was so, from a device that was offline; what is newer stays."),
  })
  .meta({ id: "WatchProgressChange" });
/** See `watchProgressChangeSchema`. */
export type WatchProgressChange = z.output<typeof watchProgressChangeSchema>;

/** A video that the caller watched. */
export const historyItemSchema = z
  .object({
    videoId: idSchema,
    video: videoSchema.nullable().describe("Null when it is no longer available."),
    positionMs: z.number().int(),
    watchedAt: z.iso.datetime(),
  })
  .meta({ id: "HistoryItem" });
/** See `historyItemSchema`. */
export type HistoryItemDto = z.output<typeof historyItemSchema>;

/** A page of what the caller watched, the latest first. */
export const historyPageSchema = z
  .object({
    items: z.array(historyItemSchema),
    nextCursor: z.string().nullable(),
    pausedAt: z.iso.datetime().nullable().describe("Since when nothing is written down; null while all is."),
  })
  .meta({ id: "HistoryPage" });
/** See `historyPageSchema`. */
export type HistoryPageDto = z.output<typeof historyPageSchema>;

/** Whether what the caller watches is written down. */
export const historyChangeSchema = z.strictObject({ paused: z.boolean() }).meta({ id: "HistoryChange" });
/** The answer to it. */
export const historyStateSchema = z.object({ pausedAt: z.iso.datetime().nullable() }).meta({ id: "HistoryState" });
/** See `historyStateSchema`. */
export type HistoryStateDto = z.output<typeof historyStateSchema>;
