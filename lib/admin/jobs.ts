import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import type { AdminJob, AdminJobPage, AdminJobQuery } from "#lib/admin/dto.ts";
import { decodeCursor, pageOf } from "#lib/admin/page-cursor.ts";
import { requireAdmin } from "#lib/admin/require-admin.ts";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { countJobs, countWorkers, type JobRow, listJobRows } from "#lib/db/queries/runs/admin-jobs.ts";
import { rescheduleJobs } from "#lib/db/queries/runs/jobs.ts";
import { findAudioExport } from "#lib/db/queries/videos/audio-exports.ts";
import { AppError } from "#lib/errors.ts";
import { audioRequestSchema } from "#lib/exports/dto.ts";
import { removeAudio } from "#lib/exports/remove-audio.ts";
import { requestAudio } from "#lib/exports/request-audio.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { progressOfVideos } from "#lib/processing/progress-of-videos.ts";
import { cancelProcessing } from "#lib/videos/cancel-processing.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";

/** Which piece of work, and who asks. */
export type AdminJobOf = { viewer: Viewer; jobId: string; locale: Locale };

const processing = "processing";
const soundFile = "exports/audio";

const positionSchema = z.object({ at: z.number().int(), id: z.string().max(40) });

const isOpen = ({ state }: JobRow): boolean => state !== "failed";

/** What failed, for good or until its next try; never what only waits for its day, like a deletion in its grace time. */
const isRetryable = ({ state, attempts }: JobRow): boolean =>
  state === "failed" || (state === "scheduled" && (attempts ?? 0) > 0);

const isCancellable = (row: JobRow): boolean => row.kind === soundFile || (row.kind === processing && isOpen(row));

const toJobDto = (row: JobRow, percents: ReadonlyMap<string, number>): AdminJob => ({
  ...{ id: row.id, kind: row.kind, state: row.state, attempts: row.attempts, maxAttempts: row.max_attempts },
  video: row.video_id === null ? null : { id: row.video_id, title: row.title ?? "" },
  percent: row.kind === processing && isOpen(row) ? (percents.get(row.id) ?? null) : row.percent,
  ...{ failureCode: row.failure_code, failureDetail: row.failure_detail },
  createdAt: row.created_at.toISOString(),
  runAt: row.run_at?.toISOString() ?? null,
  ...{ retryable: isRetryable(row), cancellable: isCancellable(row) },
});

const percentsOf = async (rows: readonly JobRow[]): Promise<Map<string, number>> => {
  const videoIds = rows.filter((row) => row.kind === processing && isOpen(row)).map(({ id }) => id);
  const progress = videoIds.length === 0 ? new Map() : await progressOfVideos(db(), videoIds);
  return new Map([...progress].map(([id, { percent }]) => [id, percent]));
};

const sums = (counts: Awaited<ReturnType<typeof countJobs>>): AdminJobPage["counts"] => {
  const all = { failed: 0, running: 0, queued: 0, scheduled: 0 };
  for (const { state, count } of counts) all[state] += count;
  return all;
};

/**
 * All work that waits, runs or failed, newest first: the processing of videos (each as one, whatever its steps), sound
 * files, and jobs of the queue. For admins; throws `unauthenticated`, `forbidden`, and `invalid_input` for a cursor that is
 * not ours.
 */
export const listJobs = async ({ viewer, query }: { viewer: Viewer; query: AdminJobQuery }): Promise<AdminJobPage> => {
  requireAdmin(viewer);
  const { state, kind, cursor, limit } = query;
  const after = decodeCursor(positionSchema, cursor);
  const [rows, counts, workers] = await Promise.all([
    listJobRows(db(), { state, kind, after, limit: limit + 1 }),
    countJobs(db()),
    countWorkers(db()),
  ]);
  const percents = await percentsOf(rows);
  const page = pageOf(rows, {
    limit,
    toItem: (row) => toJobDto(row, percents),
    toPosition: ({ sort_key: at, id }) => ({ at, id }),
  });
  return { ...page, counts: sums(counts), kinds: [...new Set(counts.map((one) => one.kind))], workers };
};

const requireJob = async (jobId: string): Promise<JobRow> => {
  const [row] = await listJobRows(db(), { id: jobId, limit: 1 });
  if (row === undefined) throw new AppError("not_found");
  return row;
};

const retrySoundFile = async ({ viewer, jobId, locale }: AdminJobOf, videoId: string): Promise<void> => {
  const row = await findAudioExport(db(), jobId);
  if (row === null) throw new AppError("not_found");
  // The new one first: when it cannot be made, the failed one is still there to be seen.
  await requestAudio({ viewer, videoId, options: audioRequestSchema.parse(row.options), locale });
  await removeAudio({ viewer, videoId, exportId: jobId });
};

const retryQueued = (actorId: string, row: JobRow): Promise<void> =>
  transaction(async (tx) => {
    await rescheduleJobs(tx, { ids: [row.id], runAt: new Date() });
    await recordAudit(tx, {
      ...{ actorId, action: "job.retry", targetType: "job", targetId: row.id },
      details: { kind: row.kind, attempts: row.attempts, videoId: row.video_id },
    });
  });

/**
 * Has failed work tried again: processing goes on from what was made where that is there, a sound file is made anew, a job
 * gets all its attempts back. Throws `unauthenticated`, `forbidden`, `not_found`, and `conflict` for what has not failed.
 */
export const retryJob = async (input: AdminJobOf): Promise<void> => {
  const { viewer, jobId, locale } = input;
  const actorId = requireAdmin(viewer);
  const row = await requireJob(jobId);
  if (!isRetryable(row)) {
    throw new AppError("conflict", { message: "This work has not failed.", hint: "It runs, or will run by itself." });
  }
  if (row.kind === processing) await reprocessVideo({ viewer, videoId: jobId, locale });
  else if (row.kind === soundFile) await retrySoundFile(input, row.video_id ?? "");
  else await retryQueued(actorId, row);
};

/**
 * Stops the processing of a video, or a sound file that is being made. What a job of the queue does is asked for by
 * something else, which would only queue it again. Throws `unauthenticated`, `forbidden`, `not_found`, and `conflict` for
 * what cannot be cancelled.
 */
export const cancelJob = async ({ viewer, jobId, locale }: AdminJobOf): Promise<void> => {
  requireAdmin(viewer);
  const row = await requireJob(jobId);
  if (!isCancellable(row)) throw new AppError("conflict", { message: "This work cannot be cancelled." });
  if (row.kind === processing) await cancelProcessing({ viewer, videoId: jobId, locale });
  else await removeAudio({ viewer, videoId: row.video_id ?? "", exportId: jobId });
};
