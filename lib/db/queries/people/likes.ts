import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { type Looker, visibleTo } from "#lib/db/queries/videos/visible-to.ts";
import { likes, videoReactions, videos } from "#lib/db/schema/index.ts";

/** What is told of a video's likes: how many, and whether one of them is the asker's. */
export type LikesRow = { likes: number; liked: boolean };

/** Likes a video; nothing changes when that was so before. A trigger counts. */
export const insertLike = async (tx: DbOrTx, like: { userId: string; videoId: string }): Promise<void> => {
  await tx.insert(likes).values(like).onConflictDoNothing();
};

/** Takes a like back; nothing changes when there was none. */
export const deleteLike = async (
  tx: DbOrTx,
  { userId, videoId }: { userId: string; videoId: string },
): Promise<void> => {
  await tx.delete(likes).where(and(eq(likes.userId, userId), eq(likes.videoId, videoId)));
};

/** A video's likes as one account (null: a stranger) is told of them. */
export const getLikes = async (
  tx: DbOrTx,
  { userId, videoId }: { userId: string | null; videoId: string },
): Promise<LikesRow> => {
  const [row] = await tx
    .select({
      likes: sql<number>`coalesce((select ${videoReactions.likes} from ${videoReactions}
        where ${videoReactions.videoId} = ${videoId}::uuid), 0)`,
      liked: sql<boolean>`exists (select 1 from ${likes}
        where ${likes.userId} = ${userId}::uuid and ${likes.videoId} = ${videoId}::uuid)`,
    })
    .from(sql`(select 1) as one`);
  return row ?? { likes: 0, liked: false };
};

/** Where a page of liked videos begins. */
export type LikePosition = { createdAt: Date; videoId: string };

/** What an account likes and may see, the latest like first. */
export const listLikedVideos = async (
  tx: DbOrTx,
  { looker, after, limit }: { looker: Looker & { userId: string }; after: LikePosition | undefined; limit: number },
): Promise<LikePosition[]> =>
  tx
    .select({ createdAt: likes.createdAt, videoId: likes.videoId })
    .from(likes)
    .innerJoin(videos, eq(videos.id, likes.videoId))
    .where(
      and(
        eq(likes.userId, looker.userId),
        visibleTo(tx, looker),
        after === undefined
          ? undefined
          : sql`(${likes.createdAt}, ${likes.videoId})
              < (${after.createdAt.toISOString()}::timestamptz, ${after.videoId}::uuid)`,
      ),
    )
    // NULLS LAST is how the index is built; without the words PostgreSQL would sort instead of reading it.
    .orderBy(sql`${likes.createdAt} desc nulls last`, sql`${likes.videoId} desc nulls last`)
    .limit(limit);
