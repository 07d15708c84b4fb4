import { and, asc, desc, eq, getTableColumns, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { DbOrTx } from "#lib/db/client.ts";
import { commentLikes, comments, users, videoReactions, videos } from "#lib/db/schema/index.ts";

/** What is shown of whoever wrote a comment; absent once their account is removed. */
type AuthorRow = Pick<
  typeof users.$inferSelect,
  "id" | "username" | "displayName" | "avatarKey" | "status" | "deletionRequestedAt"
>;

/** A comment with who wrote it, whom it answers and whether the asker likes it. */
export type CommentRow = typeof comments.$inferSelect & {
  author: AuthorRow | null;
  repliedTo: string | null;
  liked: boolean;
  /** Whether whoever wrote it works on the video's channel. */
  byChannel: boolean;
};

/** Who reads: moderators see what waits and what is hidden. */
export type Reader = { userId: string | null; moderator: boolean };

/** Whether a video takes comments, and how many everybody sees. */
export type CommentsState = { mode: "open" | "held" | "off"; count: number };

/** Comments that a reader sees: shown ones, their own while they wait or are hidden, and as a moderator those of everybody. */
const seenBy = ({ userId, moderator }: Reader): SQL | undefined => {
  const everybody = and(eq(comments.state, "shown"), eq(comments.hidden, false));
  const waiting = sql`${comments.state} in ('shown', 'held')`;
  if (moderator) return waiting;
  return userId === null ? everybody : or(everybody, and(eq(comments.authorId, userId), waiting));
};

/** What begins a thread stays in its place, without its words, as long as there are answers to it. */
const inPlace = (reader: Reader) => or(seenBy(reader), sql`${comments.replies} > 0`);

const answered = alias(users, "answered");

/** Comments with who wrote them and whom they answer; `flat` makes rows of it. */
export const selectComments = (tx: DbOrTx, { userId }: Reader) =>
  tx
    .select({
      comment: getTableColumns(comments),
      author: {
        ...{ id: users.id, username: users.username, displayName: users.displayName },
        ...{ avatarKey: users.avatarKey, status: users.status, deletionRequestedAt: users.deletionRequestedAt },
      },
      // Whoever is removed or leaves is named nowhere.
      repliedTo: sql<string | null>`case when ${answered.deletedAt} is null and ${answered.deletionRequestedAt} is null
        then ${answered.username} end`,
      liked: sql<boolean>`exists (select 1 from ${commentLikes}
        where ${commentLikes.commentId} = ${comments.id} and ${commentLikes.userId} = ${userId}::uuid)`,
      byChannel: sql<boolean>`exists (select 1 from channel_members m join ${videos} v on v.channel_id = m.channel_id
        where v.id = ${comments.videoId} and m.user_id = ${comments.authorId})`,
    })
    .from(comments)
    .leftJoin(users, eq(users.id, comments.authorId))
    .leftJoin(answered, eq(answered.id, comments.repliedToId));

type Selected = Awaited<ReturnType<typeof selectComments>>[number];
/** See `selectComments`. */
export const flat = ({ comment, ...rest }: Selected): CommentRow => ({ ...comment, ...rest });

/** One comment, whatever its state, or null. */
export const findComment = async (
  tx: DbOrTx,
  { commentId, reader }: { commentId: string; reader: Reader },
): Promise<CommentRow | null> => {
  const [row] = await selectComments(tx, reader).where(eq(comments.id, commentId));
  return row === undefined ? null : flat(row);
};

/** The comment that its channel put on top of a video's, where the reader sees it. */
export const findPinned = async (
  tx: DbOrTx,
  { videoId, reader }: { videoId: string; reader: Reader },
): Promise<CommentRow | null> => {
  const [row] = await selectComments(tx, reader).where(
    and(eq(comments.videoId, videoId), isNotNull(comments.pinnedAt), inPlace(reader)),
  );
  return row === undefined ? null : flat(row);
};

const weight = sql<number>`(${comments.likes} + ${comments.replies})`;

/** Where a page of threads begins; `weight` (likes and replies) counts for the order `top`. */
export type ThreadPosition = { weight: number; id: string };

/** What begins a video's threads, the pinned one apart: at most `limit` after a position, newest or weightiest first. */
export const listThreads = async (
  tx: DbOrTx,
  filter: {
    videoId: string;
    reader: Reader;
    sort: "newest" | "top";
    after: ThreadPosition | undefined;
    limit: number;
  },
): Promise<CommentRow[]> => {
  const { videoId, reader, sort, after, limit } = filter;
  const behind =
    after === undefined
      ? undefined
      : sort === "newest"
        ? sql`${comments.id} < ${after.id}::uuid`
        : sql`(${weight}, ${comments.id}) < (${after.weight}::int, ${after.id}::uuid)`;
  // NULLS LAST is how the indexes are built; without the words PostgreSQL would sort instead of reading them.
  const byId = sql`${comments.id} desc nulls last`;
  const rows = await selectComments(tx, reader)
    .where(
      and(eq(comments.videoId, videoId), isNull(comments.parentId), isNull(comments.pinnedAt), inPlace(reader), behind),
    )
    .orderBy(...(sort === "newest" ? [byId] : [sql`${weight} desc`, byId]))
    .limit(limit);
  return rows.map(flat);
};

/** The answers of a thread, the oldest first, those after an id. */
export const listReplies = async (
  tx: DbOrTx,
  filter: { commentId: string; reader: Reader; after: string | undefined; limit: number },
): Promise<CommentRow[]> => {
  const { commentId, reader, after, limit } = filter;
  const rows = await selectComments(tx, reader)
    .where(
      and(
        eq(comments.parentId, commentId),
        seenBy(reader),
        after === undefined ? undefined : sql`${comments.id} > ${after}::uuid`,
      ),
    )
    .orderBy(asc(comments.id))
    .limit(limit);
  return rows.map(flat);
};

/** What waits for the channel under a video, the newest first, those before an id. */
export const listHeld = async (
  tx: DbOrTx,
  filter: { videoId: string; reader: Reader; after: string | undefined; limit: number },
): Promise<CommentRow[]> => {
  const { videoId, reader, after, limit } = filter;
  const rows = await selectComments(tx, reader)
    .where(
      and(
        eq(comments.videoId, videoId),
        eq(comments.state, "held"),
        after === undefined ? undefined : sql`${comments.id} < ${after}::uuid`,
      ),
    )
    .orderBy(desc(comments.id))
    .limit(limit);
  return rows.map(flat);
};

/** All that an account wrote and did not delete, the oldest first, after an id. */
export const listCommentsOf = (
  tx: DbOrTx,
  { userId, after, limit }: { userId: string; after: string | null; limit: number },
) =>
  tx
    .select({
      ...{ id: comments.id, videoId: comments.videoId, parentId: comments.parentId, body: comments.body },
      ...{ state: comments.state, editedAt: comments.editedAt, createdAt: comments.createdAt },
    })
    .from(comments)
    .where(
      and(
        eq(comments.authorId, userId),
        sql`${comments.state} <> 'deleted'`,
        after === null ? undefined : sql`${comments.id} > ${after}::uuid`,
      ),
    )
    .orderBy(asc(comments.id))
    .limit(limit);

/** Whether a video takes comments, and how many everybody sees. */
export const getCommentsState = async (tx: DbOrTx, videoId: string): Promise<CommentsState> => {
  const [row] = await tx
    .select({ mode: videoReactions.commentsMode, count: videoReactions.comments })
    .from(videoReactions)
    .where(eq(videoReactions.videoId, videoId));
  return row ?? { mode: "open", count: 0 };
};
