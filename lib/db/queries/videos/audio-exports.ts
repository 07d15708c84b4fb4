import { and, asc, desc, eq, inArray, isNull, notExists, or, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { assets, audioExports, channels, chapters, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** An export with the size of its file once it is there. */
export type AudioExportRow = typeof audioExports.$inferSelect & { sizeBytes: number | null };

const withFile = (tx: DbOrTx) =>
  tx
    .select({ row: audioExports, sizeBytes: assets.sizeBytes })
    .from(audioExports)
    .leftJoin(assets, eq(assets.id, audioExports.assetId));

const flat = ({ row, sizeBytes }: { row: typeof audioExports.$inferSelect; sizeBytes: number | null }) => ({
  ...row,
  sizeBytes,
});

/** Inserts an export; gives its id. */
export const insertAudioExport = async (
  tx: Tx,
  row: { videoId: string; requestedBy: string | null; options: unknown },
): Promise<string> => {
  const id = newId();
  await tx.insert(audioExports).values({ id, ...row });
  return id;
};

/** An export, or null. */
export const findAudioExport = async (tx: DbOrTx, exportId: string): Promise<AudioExportRow | null> => {
  const [found] = await withFile(tx).where(eq(audioExports.id, exportId));
  return found === undefined ? null : flat(found);
};

/**
 * The newest of a video's exports with these very options that waits, or that is being made or was made and was asked for
 * after the last change of the video and its chapters: its run, its texts and its poster are then still the ones in the
 * file.
 */
export const findSameAudioExport = async (
  tx: DbOrTx,
  { videoId, options }: { videoId: string; options: unknown },
): Promise<AudioExportRow | null> => {
  const waits = eq(audioExports.state, "queued");
  const isFresh = sql`${audioExports.createdAt} >= (select ${videos.updatedAt} from ${videos} where ${videos.id} = ${videoId})`;
  const [found] = await withFile(tx)
    .where(
      and(
        eq(audioExports.videoId, videoId),
        sql`${audioExports.options} = ${JSON.stringify(options)}::jsonb`,
        or(waits, and(inArray(audioExports.state, ["running", "done"]), isFresh)),
      ),
    )
    .orderBy(desc(audioExports.id))
    .limit(1);
  return found === undefined ? null : flat(found);
};

/** A video's exports, newest first, at most 100. */
export const listAudioExports = async (tx: DbOrTx, videoId: string): Promise<AudioExportRow[]> =>
  (await withFile(tx).where(eq(audioExports.videoId, videoId)).orderBy(desc(audioExports.id)).limit(100)).map(flat);

/** Every export of a video, whatever its state. */
export const listAudioExportIds = async (tx: DbOrTx, videoId: string): Promise<string[]> => {
  const rows = await tx.select({ id: audioExports.id }).from(audioExports).where(eq(audioExports.videoId, videoId));
  return rows.map(({ id }) => id);
};

/** How many of a video's exports wait or are being made. */
export const countOpenAudioExports = async (tx: DbOrTx, videoId: string): Promise<number> => {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(audioExports)
    .where(and(eq(audioExports.videoId, videoId), inArray(audioExports.state, ["queued", "running"])));
  return row?.count ?? 0;
};

/**
 * Takes an open export for one attempt, from an earlier attempt too: there is one job per export, so a job that runs
 * again means that the attempt before is gone. Null when it has ended or its video is deleted.
 */
export const claimAudioExport = async (
  tx: DbOrTx,
  input: { exportId: string; attemptId: string; workerId: string },
): Promise<typeof audioExports.$inferSelect | null> => {
  const [row] = await tx
    .update(audioExports)
    .set({
      state: "running",
      attemptId: input.attemptId,
      workerId: input.workerId,
      attempts: sql`${audioExports.attempts} + 1`,
      progress: 0,
      updatedAt: sql`now()`,
    })
    .where(
      and(
        eq(audioExports.id, input.exportId),
        inArray(audioExports.state, ["queued", "running"]),
        sql`exists (select 1 from ${videos} where ${videos.id} = ${audioExports.videoId} and ${videos.deletedAt} is null)`,
      ),
    )
    .returning();
  return row ?? null;
};

type ExportAttempt = { exportId: string; attemptId: string };

const isAttempt = ({ exportId, attemptId }: ExportAttempt) =>
  and(eq(audioExports.id, exportId), eq(audioExports.attemptId, attemptId), eq(audioExports.state, "running"));

/** Writes an attempt's progress; false when it was taken away. */
export const writeAudioExportProgress = async (
  tx: DbOrTx,
  { fraction, ...attempt }: ExportAttempt & { fraction: number },
): Promise<boolean> => {
  const rows = await tx
    .update(audioExports)
    .set({ progress: fraction, updatedAt: sql`now()` })
    .where(isAttempt(attempt))
    .returning({ id: audioExports.id });
  return rows.length === 1;
};

/** Ends an attempt: with its file, or with a failure. False when it was taken away. */
export const endAudioExport = async (
  tx: DbOrTx,
  { end, ...attempt }: ExportAttempt & { end: { assetId: string } | { code: string; detail: string | null } },
): Promise<boolean> => {
  const values =
    "assetId" in end
      ? { state: "done" as const, assetId: end.assetId, progress: 1, failureCode: null, failureDetail: null }
      : { state: "failed" as const, failureCode: end.code, failureDetail: end.detail };
  const rows = await tx
    .update(audioExports)
    .set({ ...values, endedAt: sql`now()`, updatedAt: sql`now()` })
    .where(isAttempt(attempt))
    .returning({ id: audioExports.id });
  return rows.length === 1;
};

/** Cancels an open export, or forgets an ended one together with its asset's row. */
export const deleteAudioExport = async (tx: Tx, row: { id: string; assetId: string | null }): Promise<void> => {
  await tx.delete(audioExports).where(eq(audioExports.id, row.id));
  if (row.assetId !== null) await tx.delete(assets).where(eq(assets.id, row.assetId));
};

/** Records the file of an export. */
export const insertExportAsset = async (
  tx: Tx,
  row: { id: string; videoId: string; key: string; sizeBytes: number; contentType: string },
): Promise<void> => {
  await tx.insert(assets).values({ kind: "export", ...row });
};

/** What a sound file's tags are made of; `chapterRows` are of any origin, in order. */
export const findExportFacts = async (tx: DbOrTx, videoId: string) => {
  const [row] = await tx
    .select({
      title: videos.title,
      channelName: channels.name,
      originalKey: videos.originalKey,
      posterKey: videos.posterKey,
      durationMs: videos.durationMs,
      description: videos.description,
      noChapters: videos.noChapters,
      publishedAt: videos.publishedAt,
      createdAt: videos.createdAt,
    })
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(eq(videos.id, videoId));
  if (row === undefined) return null;
  const chapterRows = await tx
    .select({ startMs: chapters.startMs, title: chapters.title, origin: chapters.origin })
    .from(chapters)
    .where(eq(chapters.videoId, videoId))
    .orderBy(asc(chapters.startMs));
  return { ...row, chapterRows };
};

/** Open exports that no job will ever make; those of deleted videos wait until the video is restored. */
export const listStrandedAudioExports = async (tx: DbOrTx, limit: number): Promise<string[]> => {
  const rows = await tx
    .select({ id: audioExports.id })
    .from(audioExports)
    .innerJoin(videos, eq(videos.id, audioExports.videoId))
    .where(
      and(
        inArray(audioExports.state, ["queued", "running"]),
        isNull(videos.deletedAt),
        notExists(sql`(select 1 from graphile_worker.jobs j where j.key = 'export:' || ${audioExports.id}::text)`),
      ),
    )
    .limit(limit);
  return rows.map(({ id }) => id);
};
