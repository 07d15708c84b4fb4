import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
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
        .where(oneOfIds(captions.videoId, videoIds))
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

/**
 * Gives a text track another file and returns it; null when there is no such track, or its file is no longer the one under
 * `formerKey`. What was found in the media file counts as edited from then on.
 */
export const replaceCaptionFile = async (
  tx: Tx,
  input: {
    videoId: string;
    captionId: string;
    formerKey: string;
    file: Pick<CaptionRow, "key" | "sizeBytes" | "cueCount">;
  },
): Promise<CaptionRow | null> => {
  const { videoId, captionId, formerKey, file } = input;
  const origin = sql`case ${captions.origin} when 'file' then 'edited' else ${captions.origin} end`;
  const [row] = await tx
    .update(captions)
    .set({ ...file, origin, updatedAt: sql`now()` })
    .where(and(eq(captions.videoId, videoId), eq(captions.id, captionId), eq(captions.key, formerKey)))
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

type Told = Pick<NewCaption, "language" | "kind" | "label">;

/** What was found without one track for each that was edited: the one of its name, else any of its language and kind. */
const withoutEdited = <Row extends Told>(rows: readonly Row[], edited: readonly Told[]): Row[] => {
  const left = [...rows];
  for (const own of edited) {
    const alike = left.filter((row) => row.language === own.language && row.kind === own.kind);
    const same = alike.find((row) => row.label === own.label) ?? alike[0];
    if (same !== undefined) left.splice(left.indexOf(same), 1);
  }
  return left;
};

/**
 * Puts what a run found in the file in the place of what an earlier one had; uploaded tracks stay. A track that was edited
 * since it was found stays too, and keeps its like of the same file away. Those of a `newFile` all come:
 * what was edited in the one before counts as brought by hand.
 */
export const replaceFileCaptions = async (
  tx: Tx,
  input: { videoId: string; rows: readonly Omit<NewCaption, "videoId" | "origin">[]; newFile: boolean },
): Promise<void> => {
  const { videoId, rows, newFile } = input;
  const ofVideo = (origin: CaptionRow["origin"]) => and(eq(captions.videoId, videoId), eq(captions.origin, origin));
  await tx.delete(captions).where(ofVideo("file"));
  if (newFile) await tx.update(captions).set({ origin: "upload" }).where(ofVideo("edited"));
  const edited = await tx
    .select({ language: captions.language, kind: captions.kind, label: captions.label })
    .from(captions)
    .where(ofVideo("edited"));
  const found = withoutEdited(rows, edited);
  if (found.length === 0) return;
  await tx.insert(captions).values(found.map((row) => ({ ...row, videoId, origin: "file" as const })));
};
