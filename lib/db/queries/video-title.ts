import { eq } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { videos } from "#lib/db/schema/index.ts";

/** A video's title, or null when it is gone. */
export const getVideoTitle = async (tx: DbOrTx, videoId: string): Promise<string | null> => {
  const [row] = await tx.select({ title: videos.title }).from(videos).where(eq(videos.id, videoId));
  return row?.title ?? null;
};

/** Whose a video is and how it is called; null when it is gone. */
export const findVideoSubject = async (
  tx: DbOrTx,
  videoId: string,
): Promise<{ creatorId: string; channelId: string; title: string } | null> => {
  const [row] = await tx
    .select({ creatorId: videos.creatorId, channelId: videos.channelId, title: videos.title })
    .from(videos)
    .where(eq(videos.id, videoId));
  return row ?? null;
};
