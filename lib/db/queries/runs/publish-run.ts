import { and, eq, isNotNull, isNull, notInArray, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { intArray } from "#lib/db/queries/search/findable.ts";
import { renditions, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** A rendition to record. */
export type NewRendition = Omit<typeof renditions.$inferInsert, "id" | "runId" | "createdAt">;

/** Records what a run made. Rows of the same name are kept as they are, or replaced by what is measured at the end. */
export const insertRenditions = async (
  tx: Tx,
  { runId, rows, known }: { runId: string; rows: readonly NewRendition[]; known: "keep" | "replace" },
): Promise<void> => {
  if (rows.length === 0) return;
  const insert = tx.insert(renditions).values(rows.map((row) => ({ id: newId(), runId, ...row })));
  const target = [renditions.runId, renditions.name];
  if (known === "keep") await insert.onConflictDoNothing({ target });
  else await insert.onConflictDoUpdate({ target, set: replacedColumns });
};

const excluded = (column: string) => sql.raw(`excluded.${column}`);

const replacedColumns = {
  kind: excluded("kind"),
  width: excluded("width"),
  height: excluded("height"),
  frameRate: excluded("frame_rate"),
  bandwidth: excluded("bandwidth"),
  averageBandwidth: excluded("average_bandwidth"),
  codecs: excluded("codecs"),
  language: excluded("language"),
  segmentCount: excluded("segment_count"),
  sizeBytes: excluded("size_bytes"),
};

/** Forgets renditions of a run: all, or all but those of the given names. */
export const deleteRenditions = async (
  tx: DbOrTx,
  { runId, except = [] }: { runId: string; except?: readonly string[] },
): Promise<void> => {
  await tx
    .delete(renditions)
    .where(
      and(eq(renditions.runId, runId), except.length === 0 ? undefined : notInArray(renditions.name, [...except])),
    );
};

/** Whether viewers have a run of this video that is done. */
export const hasPublishedRun = async (tx: DbOrTx, videoId: string): Promise<boolean> => {
  const found = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(and(eq(videos.id, videoId), isNotNull(videos.currentRunId)));
  return found.length > 0;
};

/** Tells of a video what its plan knows, as long as no run of it has published. */
export const setPlannedFacts = async (
  tx: Tx,
  { videoId, facts }: { videoId: string; facts: Pick<VideoFacts, "durationMs" | "width" | "height" | "frameRate"> },
): Promise<void> => {
  await tx
    .update(videos)
    .set({ ...facts, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), isNull(videos.currentRunId)));
};

/** Gives a video its first proposed poster, unless a run of it has published or somebody chose one. */
export const setEarlyPoster = async (
  tx: Tx,
  { videoId, ...poster }: { videoId: string; posterKey: string; posterWidths: number[]; dominantColor: string },
): Promise<void> => {
  await tx
    .update(videos)
    .set({ ...poster, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), isNull(videos.currentRunId), eq(videos.posterOrigin, "auto")));
};

/** Takes a video's poster away when it lies under a prefix whose files have gone. */
export const forgetPosterUnder = async (
  tx: DbOrTx,
  { videoId, prefix }: { videoId: string; prefix: string },
): Promise<void> => {
  await tx
    .update(videos)
    .set({ posterKey: null, posterWidths: [] })
    .where(and(eq(videos.id, videoId), sql`starts_with(${videos.posterKey}, ${prefix})`));
};

/** What a finished run tells about its video. */
export type VideoFacts = {
  durationMs: number;
  width: number | null;
  height: number | null;
  frameRate: string | null;
  posterKey: string | null;
  /** Widths of the poster's small copies, in pixels, the smallest first. */
  posterWidths: number[];
  dominantColor: string | null;
};

/**
 * Points the video at a run, so that viewers get its files from the commit on; sets it `ready`, and published when it is
 * public for the first time. False when the video is deleted; `published` when this made it public for the first time.
 */
export const flipToRun = async (
  tx: Tx,
  { videoId, runId, facts }: { videoId: string; runId: string; facts: VideoFacts },
): Promise<false | { published: boolean }> => {
  const { posterKey, posterWidths, dominantColor, ...rest } = facts;
  // A chosen frame or an own image stays whatever runs come.
  const unlessChosen = (proposed: SQL, column: AnyPgColumn) =>
    sql`case when ${videos.posterOrigin} = 'auto' then ${proposed} else ${column} end`;
  const rows = await tx
    .update(videos)
    .set({
      ...rest,
      posterKey: unlessChosen(sql`${posterKey}::text`, videos.posterKey),
      posterWidths: unlessChosen(intArray(posterWidths), videos.posterWidths),
      dominantColor: unlessChosen(sql`${dominantColor}::text`, videos.dominantColor),
      currentRunId: runId,
      status: "ready",
      failureCode: null,
      publishedAt: sql`coalesce(${videos.publishedAt}, case when ${videos.visibility} = 'public' then now() end)`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(videos.id, videoId), isNull(videos.deletedAt)))
    // The column keeps milliseconds.
    .returning({ published: sql<boolean>`coalesce(${videos.publishedAt} = now()::timestamptz(3), false)` });
  return rows[0] ?? false;
};
