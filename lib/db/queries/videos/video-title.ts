import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channelMembers, channels, videos } from "#lib/db/schema/index.ts";

/** A video's title, or null when it is gone. */
export const getVideoTitle = async (tx: DbOrTx, videoId: string): Promise<string | null> => {
  const [row] = await tx.select({ title: videos.title }).from(videos).where(eq(videos.id, videoId));
  return row?.title ?? null;
};

/**
 * Who is told of a video, and how it is called; null when it is gone. Whoever uploaded it as long as they work on its
 * channel, and the channel's founder afterwards.
 */
export const findVideoSubject = async (
  tx: DbOrTx,
  videoId: string,
): Promise<{ toldId: string; channelId: string; title: string } | null> => {
  const [row] = await tx
    .select({
      toldId: sql<string>`coalesce(${channelMembers.userId}, ${channels.ownerId})`,
      channelId: videos.channelId,
      title: videos.title,
    })
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .leftJoin(
      channelMembers,
      and(eq(channelMembers.channelId, videos.channelId), eq(channelMembers.userId, videos.creatorId)),
    )
    .where(eq(videos.id, videoId));
  return row ?? null;
};
