import { z } from "zod";
import { pageFields } from "#lib/admin/page-cursor.ts";
import { idSchema } from "#lib/ids.ts";

/** Whether a video takes comments; `held`: new ones wait for the channel. */
export const commentsModeSchema = z.enum(["open", "held", "off"]);
/** See `commentsModeSchema`. */
export type CommentsMode = z.output<typeof commentsModeSchema>;

/** A comment or a reply as its reader sees it. */
export const commentSchema = z
  .object({
    id: idSchema,
    videoId: idSchema,
    parentId: idSchema.nullable().describe("What began the thread; null for that one itself."),
    author: z
      .object({
        userId: idSchema,
        username: z.string(),
        displayName: z.string(),
        avatarUrl: z.string().nullable().describe("Null without a picture."),
        ofChannel: z.boolean().describe("Whether they work on the video's channel."),
      })
      .nullable()
      .describe("Null for an account that is gone, and where `state` is `gone`."),
    repliedTo: z.string().nullable().describe("Username of whom a reply answers."),
    text: z.string().nullable().describe("Null where `state` is `gone`."),
    state: z
      .enum(["shown", "held", "hidden", "gone"])
      .describe(
        "`held`: waits for the channel; `hidden`: its author is hidden on the channel; only they and the channel see either. `gone`: deleted or taken away; only its place is kept, for the replies.",
      ),
    likes: z.number().int(),
    liked: z.boolean(),
    replies: z.number().int(),
    pinned: z.boolean(),
    editedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    own: z.boolean().describe("Whether the caller wrote it."),
  })
  .meta({ id: "Comment" });
/** See `commentSchema`. */
export type CommentDto = z.output<typeof commentSchema>;

/** A page of a video's threads. */
export const commentPageSchema = z
  .object({
    pinned: commentSchema.nullable().describe("On the first page: the comment that the channel put on top."),
    items: z.array(commentSchema),
    nextCursor: z.string().nullable(),
    mode: commentsModeSchema,
    count: z.number().int().describe("Comments and replies that everybody sees."),
    mayComment: z.boolean(),
    mayModerate: z.boolean(),
  })
  .meta({ id: "CommentPage" });
/** See `commentPageSchema`. */
export type CommentPageDto = z.output<typeof commentPageSchema>;

/** A page of replies, the oldest first. */
export const replyPageSchema = z
  .object({ items: z.array(commentSchema), nextCursor: z.string().nullable() })
  .meta({ id: "ReplyPage" });
/** See `replyPageSchema`. */
export type ReplyPageDto = z.output<typeof replyPageSchema>;

/** One comment with what began its thread. */
export const commentInPlaceSchema = z
  .object({ comment: commentSchema, root: commentSchema.nullable().describe("Null for what began the thread itself.") })
  .meta({ id: "CommentInPlace" });
/** See `commentInPlaceSchema`. */
export type CommentInPlaceDto = z.output<typeof commentInPlaceSchema>;

/** What a video's comments may be asked for. */
export const commentQuerySchema = z.strictObject({
  ...pageFields,
  sort: z.enum(["top", "newest"]).default("top").describe("`top`: by likes and replies."),
  state: z.enum(["shown", "held"]).default("shown").describe("`held`: what waits, for the channel alone."),
});
/** See `commentQuerySchema`. */
export type CommentQuery = z.output<typeof commentQuerySchema>;

/** What replies may be asked for. */
export const replyQuerySchema = z.strictObject(pageFields);
/** See `replyQuerySchema`. */
export type ReplyQuery = z.output<typeof replyQuerySchema>;

/** The longest comment. */
const mostSigns = 5_000;
const textSchema = z.string().trim().min(1).max(mostSigns);

/** A new comment, or with `parentId` a reply to that one. */
export const newCommentSchema = z
  .strictObject({
    text: textSchema,
    parentId: idSchema.nullable().default(null).describe("A comment, or a reply: the answer joins its thread."),
  })
  .meta({ id: "NewComment" });
/** See `newCommentSchema`. */
export type NewComment = z.output<typeof newCommentSchema>;

/** Other words for one's comment. */
export const commentPatchSchema = z.strictObject({ text: textSchema }).meta({ id: "CommentPatch" });

/** What the channel makes of a comment. */
export const moderationSchema = z
  .strictObject({ state: z.enum(["shown", "held", "removed"]) })
  .meta({ id: "CommentModeration" });
/** See `moderationSchema`. */
export type Moderation = z.output<typeof moderationSchema>;

/** Whether a video takes comments. */
export const commentsChangeSchema = z.strictObject({ mode: commentsModeSchema }).meta({ id: "CommentsChange" });

/** People whose comments on a channel's videos only they and the channel see. */
export const hiddenPeopleSchema = z
  .object({
    items: z.array(
      z.object({ userId: idSchema, username: z.string(), displayName: z.string(), since: z.iso.datetime() }),
    ),
  })
  .meta({ id: "HiddenPeople" });
/** See `hiddenPeopleSchema`. */
export type HiddenPeopleDto = z.output<typeof hiddenPeopleSchema>;

/** Which comments of a channel are asked for. */
export const channelCommentQuerySchema = z.strictObject({
  ...pageFields,
  state: z.enum(["held", "shown"]).default("held").describe("`held`: what waits; `shown`: what began threads lately."),
});
/** See `channelCommentQuerySchema`. */
export type ChannelCommentQuery = z.output<typeof channelCommentQuerySchema>;

/** Comments under all videos of a channel, the newest first, each with its video. */
export const channelCommentPageSchema = z
  .object({
    items: z.array(
      z.object({
        comment: commentSchema,
        video: z.object({ id: idSchema, title: z.string(), durationMs: z.number().int().nullable() }),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "ChannelCommentPage" });
/** See `channelCommentPageSchema`. */
export type ChannelCommentPageDto = z.output<typeof channelCommentPageSchema>;
