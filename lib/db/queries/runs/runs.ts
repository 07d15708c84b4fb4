import { and, desc, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { untouchedJob } from "#lib/db/queries/runs/jobs.ts";
import { runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** Why a run was started. */
export type RunReason = (typeof runs.$inferSelect)["reason"];
/** Where a run stands. */
export type RunState = (typeof runs.$inferSelect)["state"];

/** What the life cycle knows of a run. */
export type RunRow = typeof runs.$inferSelect;

/** Locks a video that is not deleted until the transaction ends; null when there is none. */
export const lockLiveVideo = async (
  tx: Tx,
  videoId: string,
): Promise<{ id: string; status: string; wishes: unknown } | null> => {
  const [row] = await tx
    .select({ id: videos.id, status: videos.status, wishes: videos.wishes })
    .from(videos)
    .where(and(eq(videos.id, videoId), isNull(videos.deletedAt)))
    .for("update");
  return row ?? null;
};

/** Inserts a running run; null when the video has one already (partial unique index `runs_one_running_key`). */
export const insertRun = async (
  tx: Tx,
  row: { videoId: string; sourceKey: string; reason: RunReason; wishes: unknown },
): Promise<string | null> => {
  const [inserted] = await tx
    .insert(runs)
    .values({ id: newId(), ...row })
    .onConflictDoNothing({ target: runs.videoId, where: sql`state = 'running'` })
    .returning({ id: runs.id });
  return inserted?.id ?? null;
};

/** The video's running run, or null. */
export const getRunningRun = async (tx: DbOrTx, videoId: string): Promise<{ id: string } | null> => {
  const [row] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.videoId, videoId), eq(runs.state, "running")));
  return row ?? null;
};

/** A run, or null. */
export const getRun = async (tx: DbOrTx, runId: string): Promise<RunRow | null> => {
  const [row] = await tx.select().from(runs).where(eq(runs.id, runId));
  return row ?? null;
};

/**
 * Locks a running run, and its video before it, until the transaction ends; null when it has ended. Every change that looks
 * at more than one step goes through this lock, so that the last of two steps that end together sees the other's end. The
 * order of locks is the same everywhere, else a person's change and a worker's could wait for each other for ever: video,
 * run, steps, jobs.
 */
export const lockRunningRun = async (tx: Tx, runId: string): Promise<RunRow | null> => {
  const itsVideo = tx.select({ id: runs.videoId }).from(runs).where(eq(runs.id, runId));
  await tx.select({ id: videos.id }).from(videos).where(eq(videos.id, itsVideo)).for("no key update");
  const [row] = await tx
    .select()
    .from(runs)
    .where(and(eq(runs.id, runId), eq(runs.state, "running")))
    .for("update");
  return row ?? null;
};

/** Stores the plan that the probe made. */
export const storePlan = async (tx: Tx, { runId, plan }: { runId: string; plan: unknown }): Promise<void> => {
  await tx.update(runs).set({ plan, updatedAt: sql`now()` }).where(eq(runs.id, runId));
};

/** Sets when the run first had something to play; false when that was set before. */
export const markRunPlayable = async (tx: Tx, runId: string): Promise<boolean> => {
  const rows = await tx
    .update(runs)
    .set({ playableAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(runs.id, runId), isNull(runs.playableAt)))
    .returning({ id: runs.id });
  return rows.length === 1;
};

/** Ends a running run; false when it had ended before. */
export const endRun = async (
  tx: DbOrTx,
  input: {
    runId: string;
    state: Exclude<RunState, "running" | "superseded">;
    failureCode?: string;
    failureDetail?: string | null;
  },
): Promise<boolean> => {
  const rows = await tx
    .update(runs)
    .set({
      state: input.state,
      failureCode: input.failureCode ?? null,
      failureDetail: input.failureDetail ?? null,
      updatedAt: sql`now()`,
      endedAt: sql`now()`,
    })
    .where(and(eq(runs.id, input.runId), eq(runs.state, "running")))
    .returning({ id: runs.id });
  return rows.length === 1;
};

/** Cancels the video's running run; its id, or nothing. */
export const cancelRunningRuns = async (tx: DbOrTx, videoId: string): Promise<string[]> => {
  const rows = await tx
    .update(runs)
    .set({ state: "cancelled", updatedAt: sql`now()`, endedAt: sql`now()` })
    .where(and(eq(runs.videoId, videoId), eq(runs.state, "running")))
    .returning({ id: runs.id });
  return rows.map((row) => row.id);
};

/** The video's newest run, locked until the transaction ends, or null. */
export const lockNewestRun = async (tx: Tx, videoId: string): Promise<RunRow | null> => {
  const [row] = await tx
    .select()
    .from(runs)
    .where(eq(runs.videoId, videoId))
    .orderBy(desc(runs.id))
    .limit(1)
    .for("update");
  return row ?? null;
};

/** The newest run of a deleted video, when it was the deletion that ended it; else null. */
export const findInterruptedRun = async (
  tx: DbOrTx,
  videoId: string,
): Promise<{ sourceKey: string; reason: RunReason } | null> => {
  const [newest] = await tx
    .select({
      sourceKey: runs.sourceKey,
      reason: runs.reason,
      interrupted: sql<boolean>`${runs.state} = 'cancelled' and ${runs.endedAt} >= ${videos.deletedAt}`,
    })
    .from(runs)
    .innerJoin(videos, eq(videos.id, runs.videoId))
    .where(eq(runs.videoId, videoId))
    .orderBy(desc(runs.id))
    .limit(1);
  if (newest === undefined || !newest.interrupted) return null;
  const { sourceKey, reason } = newest;
  return { sourceKey, reason };
};

/** Runs of a video that ended without a result within a day: what they made may still be there. */
export const listBrokenRunIds = async (tx: DbOrTx, videoId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.videoId, videoId),
        inArray(runs.state, ["failed", "cancelled"]),
        sql`${runs.endedAt} > now() - interval '25 hours'`,
      ),
    );
  return rows.map((row) => row.id);
};

/** Sets an ended run going again; false when another run of its video is going on. */
export const reopenRun = async (tx: Tx, runId: string): Promise<boolean> => {
  const rows = await tx
    .update(runs)
    .set({ state: "running", failureCode: null, failureDetail: null, endedAt: null, updatedAt: sql`now()` })
    .where(and(eq(runs.id, runId), inArray(runs.state, ["failed", "cancelled"])))
    .returning({ id: runs.id });
  return rows.length === 1;
};

/** Marks the video's other published runs as superseded; their ids. */
export const supersedeRuns = async (
  tx: Tx,
  { videoId, runId }: { videoId: string; runId: string },
): Promise<string[]> => {
  const rows = await tx
    .update(runs)
    .set({ state: "superseded", updatedAt: sql`now()` })
    .where(and(eq(runs.videoId, videoId), eq(runs.state, "published"), ne(runs.id, runId)))
    .returning({ id: runs.id });
  return rows.map((row) => row.id);
};

/** Whether a run's files may go: it has ended and no viewer gets them. */
export const isRunDiscardable = async (tx: DbOrTx, runId: string): Promise<boolean> => {
  const [row] = await tx
    .select({ state: runs.state, currentRunId: videos.currentRunId })
    .from(runs)
    .innerJoin(videos, eq(videos.id, runs.videoId))
    .where(eq(runs.id, runId));
  return row === undefined || isDiscarded({ ...row, runId });
};

const isDiscarded = (run: { runId: string; currentRunId: string | null; state: RunState }): boolean =>
  run.currentRunId !== run.runId && (run.state === "cancelled" || run.state === "failed" || run.state === "superseded");

/**
 * Whether files that come late to a run must go at once: it has ended, no viewer gets them, and the removal that
 * `removalKey` names has begun or is over. As long as that waits, a retry may go on from what is there, and it takes the
 * late ones too. One statement, because a retry takes the job and sets the run going in one transaction.
 */
export const isRunSwept = async (
  tx: DbOrTx,
  { runId, removalKey }: { runId: string; removalKey: string },
): Promise<boolean> => {
  const waiting = sql<boolean>`exists (select 1 from graphile_worker._private_jobs
    where key = ${removalKey}::text and ${untouchedJob})`;
  const [row] = await tx
    .select({ state: runs.state, currentRunId: videos.currentRunId, waiting })
    .from(runs)
    .innerJoin(videos, eq(videos.id, runs.videoId))
    .where(eq(runs.id, runId));
  if (row === undefined) return true;
  return isDiscarded({ ...row, runId }) && !row.waiting;
};

/** Sets a video to `processing`, unless viewers have something to watch. */
export const markVideoProcessing = async (tx: Tx, videoId: string): Promise<void> => {
  await tx
    .update(videos)
    .set({ status: "processing", failureCode: null, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), ne(videos.status, "ready")));
};

/** Sets a video that nobody can watch yet to `failed`; false when it stays `ready` from an earlier run. */
export const markVideoFailed = async (
  tx: Tx,
  { videoId, code }: { videoId: string; code: string },
): Promise<boolean> => {
  const rows = await tx
    .update(videos)
    .set({ status: "failed", failureCode: code, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), ne(videos.status, "ready")))
    .returning({ id: videos.id });
  return rows.length === 1;
};
