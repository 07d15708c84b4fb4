import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { chapters, videos } from "#lib/db/schema/index.ts";

/** A chapter as stored. A video's chapters are either all the file's or all its editor's. */
export type ChapterRow = typeof chapters.$inferSelect;

type Titled = { startMs: number; title: string };

/** The chapters of several videos, in order. */
export const chaptersOfVideos = async (tx: DbOrTx, videoIds: readonly string[]): Promise<ChapterRow[]> =>
  videoIds.length === 0
    ? []
    : tx
        .select()
        .from(chapters)
        .where(inArray(chapters.videoId, [...videoIds]))
        .orderBy(asc(chapters.videoId), asc(chapters.startMs));

/** Puts an editor's chapters in the place of all others. The video counts as changed: files made of it name its chapters. */
export const replaceChapters = async (
  tx: Tx,
  { videoId, rows }: { videoId: string; rows: readonly Titled[] },
): Promise<void> => {
  await tx.delete(chapters).where(eq(chapters.videoId, videoId));
  await tx.update(videos).set({ updatedAt: sql`now()` }).where(eq(videos.id, videoId));
  if (rows.length === 0) return;
  await tx.insert(chapters).values(rows.map((row) => ({ ...row, videoId, origin: "editor" as const })));
};

/** Puts what a run found in the file in the place of what an earlier one had, unless an editor wrote chapters. */
export const replaceFileChapters = async (
  tx: Tx,
  { videoId, rows }: { videoId: string; rows: readonly Titled[] },
): Promise<void> => {
  await tx.delete(chapters).where(and(eq(chapters.videoId, videoId), eq(chapters.origin, "file")));
  const edited = await tx
    .select({ videoId: chapters.videoId })
    .from(chapters)
    .where(eq(chapters.videoId, videoId))
    .limit(1);
  if (edited.length > 0 || rows.length === 0) return;
  await tx.insert(chapters).values(rows.map((row) => ({ ...row, videoId, origin: "file" as const })));
};
