import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { untouchedJob } from "#lib/db/queries/runs/jobs.ts";
import { captions, runSteps, runs, videos } from "#lib/db/schema/index.ts";

/** A text track as stored. */
export type CaptionRow = typeof captions.$inferSelect;
/** A text track to store. */
export type NewCaption = typeof captions.$inferInsert;

// The one that is shown unasked first, then as they came.
const order = [sql`${captions.isDefault} desc`, asc(captions.id)];

/** The text tracks of several videos. */
export const captionsOfVideos = async (tx: DbOrTx, videoIds: readonly string[]): Promise<CaptionRow[]> =>
  videoIds.length === 0
    ? []
    : tx
        .select()
        .from(captions)
        .where(inArray(captions.videoId, [...videoIds]))
        .orderBy(...order);

/**
 * What the text steps of a video's runs stored, of runs that go on or that a retry may set going again: those whose removal
 * is queued under `removalKeyStart` and their id, and has not begun.
 */
export const listReusableTextResults = async (
  tx: DbOrTx,
  { videoId, removalKeyStart }: { videoId: string; removalKeyStart: string },
): Promise<unknown[]> => {
  const waiting = sql`exists (select 1 from graphile_worker._private_jobs j
    where j.key = ${removalKeyStart}::text || ${runs.id}::text and ${untouchedJob})`;
  const rows = await tx
    .select({ result: runSteps.result })
    .from(runSteps)
    .innerJoin(runs, eq(runs.id, runSteps.runId))
    .where(
      and(
        eq(runs.videoId, videoId),
        eq(runSteps.kind, "text"),
        eq(runSteps.state, "done"),
        or(eq(runs.state, "running"), and(inArray(runs.state, ["failed", "cancelled"]), waiting)),
      ),
    );
  return rows.map(({ result }) => result);
};

/** One text track of a video, or null. */
export const findCaption = async (
  tx: DbOrTx,
  { videoId, captionId }: { videoId: string; captionId: string },
): Promise<CaptionRow | null> => {
  const [row] = await tx
    .select()
    .from(captions)
    .where(and(eq(captions.videoId, videoId), eq(captions.id, captionId)));
  return row ?? null;
};

/** The length of the video whose text track lies under `key`; null when there is no such track, or no length yet. */
export const durationOfCaption = async (tx: DbOrTx, key: string): Promise<number | null> => {
  const [row] = await tx
    .select({ durationMs: videos.durationMs })
    .from(captions)
    .innerJoin(videos, eq(videos.id, captions.videoId))
    .where(eq(captions.key, key));
  return row?.durationMs ?? null;
};

const onlyDefault = async (tx: Tx, { videoId, captionId }: { videoId: string; captionId: string }): Promise<void> => {
  await tx
    .update(captions)
    .set({ isDefault: false, updatedAt: sql`now()` })
    .where(and(eq(captions.videoId, videoId), ne(captions.id, captionId), eq(captions.isDefault, true)));
};

/** Stores a text track and returns it; when it is the default, no other of the video is. */
export const insertCaption = async (tx: Tx, row: NewCaption): Promise<CaptionRow> => {
  if (row.isDefault === true) await onlyDefault(tx, { videoId: row.videoId, captionId: row.id });
  const [inserted] = await tx.insert(captions).values(row).returning();
  if (inserted === undefined) throw new Error("an insert returns its row");
  return inserted;
};

/** Changes a text track and returns it, or null; when it becomes the default, no other of the video is. */
export const updateCaption = async (
  tx: Tx,
  input: {
    videoId: string;
    captionId: string;
    changes: Partial<Pick<NewCaption, "language" | "label" | "kind" | "isDefault">>;
  },
): Promise<CaptionRow | null> => {
  const { videoId, captionId, changes } = input;
  if (changes.isDefault === true) await onlyDefault(tx, { videoId, captionId });
  const [row] = await tx
    .update(captions)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(and(eq(captions.videoId, videoId), eq(captions.id, captionId)))
    .returning();
  return row ?? null;
};

/** Forgets a text track; false when there was none. */
export const deleteCaption = async (
  tx: Tx,
  { videoId, captionId }: { videoId: string; captionId: string },
): Promise<boolean> => {
  const rows = await tx
    .delete(captions)
    .where(and(eq(captions.videoId, videoId), eq(captions.id, captionId)))
    .returning({ id: captions.id });
  return rows.length === 1;
};

/** Puts what a run found in the file in the place of what an earlier one had; uploaded tracks stay. */
export const replaceFileCaptions = async (
  tx: Tx,
  { videoId, rows }: { videoId: string; rows: readonly Omit<NewCaption, "videoId" | "origin">[] },
): Promise<void> => {
  await tx.delete(captions).where(and(eq(captions.videoId, videoId), eq(captions.origin, "file")));
  if (rows.length === 0) return;
  await tx.insert(captions).values(rows.map((row) => ({ ...row, videoId, origin: "file" as const })));
};
