import { and, asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "#lib/db/client.ts";
import { accountColumns } from "#lib/db/queries/accounts/account-columns.ts";
import { runSteps, runs, users, videos, workerInstances } from "#lib/db/schema/index.ts";

/** The newest accounts, at most `limit`, for the operator's command line. */
export const listAccounts = (tx: DbOrTx, limit: number) =>
  tx
    .select({
      email: users.email,
      username: users.username,
      role: users.role,
      status: users.status,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(isNull(users.deletedAt))
    .orderBy(desc(users.id))
    .limit(limit);

/** The newest videos that are being processed or have failed, at most `limit`, with the operator's details. */
export const listUnfinishedVideos = (tx: DbOrTx, limit: number) =>
  tx
    .selectDistinctOn([videos.id], {
      id: videos.id,
      title: videos.title,
      status: videos.status,
      failureCode: videos.failureCode,
      failureDetail: runs.failureDetail,
    })
    .from(videos)
    .leftJoin(runs, eq(runs.videoId, videos.id))
    .where(and(inArray(videos.status, ["processing", "failed"]), isNull(videos.deletedAt)))
    .orderBy(desc(videos.id), desc(runs.id))
    .limit(limit);

/** The account that made a video, or null when there is no such video. */
export const findVideoCreator = async (tx: DbOrTx, videoId: string) => {
  const [row] = await tx
    .select(accountColumns)
    .from(videos)
    .innerJoin(users, eq(users.id, videos.creatorId))
    .where(eq(videos.id, videoId));
  return row ?? null;
};

/** Steps of running runs that run, wait or failed, those at work first, at most `limit`; ages in seconds. */
export const listOpenSteps = (tx: DbOrTx, limit: number) =>
  tx
    .select({
      videoId: runs.videoId,
      kind: runSteps.kind,
      ordinal: runSteps.ordinal,
      state: runSteps.state,
      attempts: runSteps.attempts,
      maxAttempts: runSteps.maxAttempts,
      progress: runSteps.progress,
      worker: sql<string | null>`${workerInstances.hostname} || ':' || ${workerInstances.pid}`,
      ageSeconds: sql<number>`extract(epoch from now() - coalesce(${runSteps.startedAt}, ${runSteps.createdAt}))::float8`,
      errorCode: runSteps.errorCode,
      errorDetail: runSteps.errorDetail,
    })
    .from(runSteps)
    .innerJoin(runs, eq(runs.id, runSteps.runId))
    .leftJoin(workerInstances, eq(workerInstances.id, runSteps.workerId))
    .where(
      and(
        inArray(runs.state, ["running", "failed"]),
        inArray(runSteps.state, ["running", "publishing", "queued", "failed"]),
        // Of failed runs the newest of its video counts; a later one takes its place.
        sql`${runs.id} = (select max(id::text)::uuid from runs newest where newest.video_id = ${runs.videoId})`,
      ),
    )
    .orderBy(
      sql`array_position(array['running', 'publishing', 'failed', 'queued'], ${runSteps.state})`,
      asc(runSteps.id),
    )
    .limit(limit);

/** Videos that have failed and are not deleted, newest first. */
export const listFailedVideoIds = async (tx: DbOrTx, limit: number): Promise<string[]> => {
  const rows = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(and(eq(videos.status, "failed"), isNull(videos.deletedAt)))
    .orderBy(desc(videos.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};

const healthRow = z.object({
  waiting: z.number(),
  running: z.number(),
  exhausted: z.number(),
  oldest_seconds: z.number(),
  workers: z.number(),
  server_version: z.string(),
});

/** State of the queue: jobs by what becomes of them, how long the first has been due (seconds), and live workers. */
export const queueHealth = async (tx: DbOrTx) => {
  const [row] = await tx.execute(sql`
    select
      count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and attempts >= max_attempts)::int as exhausted,
      coalesce(extract(epoch from now() - min(run_at) filter (where locked_at is null and attempts < max_attempts and run_at <= now())), 0)::float8 as oldest_seconds,
      (select count(*)::int from worker_instances where stopped_at is null and swept_at is null) as workers,
      current_setting('server_version') as server_version
    from graphile_worker.jobs`);
  const health = healthRow.parse(row);
  return {
    waiting: health.waiting,
    running: health.running,
    exhausted: health.exhausted,
    oldestSeconds: health.oldest_seconds,
    workers: health.workers,
    serverVersion: health.server_version,
  };
};
