import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#lib/db/client.ts";
import { renditions, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** A rendition to record. */
export type NewRendition = Omit<typeof renditions.$inferInsert, "id" | "runId" | "createdAt">;

/** Records what a run made. */
export const insertRenditions = async (
  tx: Tx,
  { runId, rows }: { runId: string; rows: readonly NewRendition[] },
): Promise<void> => {
  if (rows.length === 0) return;
  await tx.insert(renditions).values(rows.map((row) => ({ id: newId(), runId, ...row })));
};

/** What a finished run tells about its video. */
export type VideoFacts = {
  durationMs: number;
  width: number | null;
  height: number | null;
  frameRate: string | null;
  posterKey: string | null;
  dominantColor: string | null;
};

/**
 * Points the video at a run, so that viewers get its files from the commit on; sets it `ready`, and published when it is
 * public for the first time. False when the video is deleted.
 */
export const flipToRun = async (
  tx: Tx,
  { videoId, runId, facts }: { videoId: string; runId: string; facts: VideoFacts },
): Promise<boolean> => {
  const rows = await tx
    .update(videos)
    .set({
      ...facts,
      currentRunId: runId,
      status: "ready",
      failureCode: null,
      publishedAt: sql`coalesce(${videos.publishedAt}, case when ${videos.visibility} = 'public' then now() end)`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(videos.id, videoId), isNull(videos.deletedAt)))
    .returning({ id: videos.id });
  return rows.length === 1;
};
