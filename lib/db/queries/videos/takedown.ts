import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/client.ts";
import { videos } from "#lib/db/schema/index.ts";

/** Marks a video as taken down and ends its playback addresses; false when it is down already. */
export const takeDownVideo = async (
  tx: Tx,
  { videoId, reason }: { videoId: string; reason: string },
): Promise<boolean> => {
  const rows = await tx
    .update(videos)
    .set({
      takenDownAt: sql`now()`,
      takedownReason: reason,
      playbackVersion: sql`${videos.playbackVersion} + 1`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(videos.id, videoId), isNull(videos.takenDownAt)))
    .returning({ id: videos.id });
  return rows.length === 1;
};

/** Puts a video back that is taken down; false when it is not. */
export const putBackVideo = async (tx: Tx, videoId: string): Promise<boolean> => {
  const rows = await tx
    .update(videos)
    .set({ takenDownAt: null, takedownReason: null, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), isNotNull(videos.takenDownAt)))
    .returning({ id: videos.id });
  return rows.length === 1;
};
