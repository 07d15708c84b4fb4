import { and, asc, eq, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import { chapters, videos } from "#lib/db/schema/index.ts";

/** A chapter as stored: the file's, or its editor's. Which hold is told by lib/media/captions/held-chapters.ts. */
export type ChapterRow = typeof chapters.$inferSelect;

type Titled = { startMs: number; title: string };

/** The chapters of several videos, in order. */
export const chaptersOfVideos = async (tx: DbOrTx, videoIds: readonly string[]): Promise<ChapterRow[]> =>
  videoIds.length === 0
    ? []
    : tx
        .select()
        .from(chapters)
        .where(oneOfIds(chapters.videoId, videoIds))
        .orderBy(asc(chapters.videoId), asc(chapters.startMs));

/**
 * Puts an editor's chapters in the place of earlier ones of theirs; none at all when there are no `rows`, or what is found
 * by itself again when `rows` is null. The video counts as changed: files made of it name its chapters.
 */
export const replaceChapters = async (
  tx: Tx,
  { videoId, rows }: { videoId: string; rows: readonly Titled[] | null },
): Promise<void> => {
  await tx.delete(chapters).where(and(eq(chapters.videoId, videoId), eq(chapters.origin, "editor")));
  const noChapters = rows?.length === 0;
  await tx.update(videos).set({ noChapters, updatedAt: sql`now()` }).where(eq(videos.id, videoId));
  if (rows === null || rows.length === 0) return;
  await tx.insert(chapters).values(rows.map((row) => ({ ...row, videoId, origin: "editor" as const })));
};

/** Puts what a run found in the file in the place of what an earlier one had. An editor's chapters stay, and hold. */
export const replaceFileChapters = async (
  tx: Tx,
  { videoId, rows }: { videoId: string; rows: readonly Titled[] },
): Promise<void> => {
  await tx.delete(chapters).where(and(eq(chapters.videoId, videoId), eq(chapters.origin, "file")));
  if (rows.length === 0) return;
  await tx.insert(chapters).values(rows.map((row) => ({ ...row, videoId, origin: "file" as const })));
};
