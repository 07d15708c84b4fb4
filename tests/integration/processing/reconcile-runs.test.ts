import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertWorker, markWorkerStopped, setWorkerPools } from "#lib/db/queries/runs/workers.ts";
import { auditLog, runSteps, runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { claimStep } from "#lib/processing/claim-step.ts";
import { purgeDeletedVideos, reconcileRuns } from "#lib/processing/reconcile-runs.ts";
import { stepMaxAttempts } from "#lib/processing/step-jobs.ts";
import { sweepWorkers } from "#lib/processing/sweep-workers.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { makeRunStep, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const { signal } = new AbortController();
const jobsOf = async (stepId: string) => [
  ...(await db().execute(
    sql`select id::text, attempts, locked_by from graphile_worker.jobs where key = ${`step:${stepId}`}`,
  )),
];
const dropJobs = (stepId: string) => db().execute(sql`select graphile_worker.remove_job(${`step:${stepId}`})`);
const stepOf = async (stepId: string) => (await db().select().from(runSteps).where(eq(runSteps.id, stepId)))[0];
const videoOf = async (videoId: string) => (await db().select().from(videos).where(eq(videos.id, videoId)))[0];
const register = async () => {
  const worker = {
    id: newId(),
    lockKey: BigInt(Math.floor(Math.random() * 1e15)),
    poolIds: [],
    hostname: "here",
    pid: 1,
  };
  await insertWorker(db(), worker);
  return worker;
};
/** Locks a step's job as graphile-worker does when a pool takes it. */
const takeJob = (stepId: string, poolId: string) =>
  db().execute(sql`update graphile_worker._private_jobs set locked_by = ${poolId}, locked_at = now(), attempts = attempts + 1
    where key = ${`step:${stepId}`}`);

const startedProbe = async () => {
  const video = await makeReceivedVideo();
  const { runId } = await startUploadRun(video);
  const [step] = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
  return { ...video, runId, stepId: step?.id ?? "" };
};

describe("reconcileRuns", () => {
  it("queues a step whose job is gone again, once, however often it runs and beside itself", async () => {
    const { stepId } = await startedProbe();
    await dropJobs(stepId);
    await Promise.all([reconcileRuns({ signal }), reconcileRuns({ signal }), reconcileRuns({ signal })]);
    expect(await jobsOf(stepId)).toHaveLength(1);
  });

  it("leaves a step alone whose job waits or is being worked on", async () => {
    const { stepId } = await startedProbe();
    const before = await jobsOf(stepId);
    await reconcileRuns({ signal });
    expect(await jobsOf(stepId)).toEqual(before);
  });

  it("does not queue a finish before the other steps have ended", async () => {
    const { runId } = await startedProbe();
    const finish = await makeRunStep({ runId, kind: "finish" });
    await reconcileRuns({ signal });
    expect(await jobsOf(finish.id)).toEqual([]);
  });

  it("gives back a step whose worker has stopped or was never registered", async () => {
    const { stepId } = await startedProbe();
    await claimStep({ stepId, workerId: newId() });
    await reconcileRuns({ signal });
    expect(await stepOf(stepId)).toMatchObject({ state: "queued", attemptId: null, attempts: 1 });
    const worker = await register();
    await claimStep({ stepId, workerId: worker.id });
    await reconcileRuns({ signal });
    expect((await stepOf(stepId))?.state).toBe("running");
    await markWorkerStopped(db(), worker.id);
    await reconcileRuns({ signal });
    expect((await stepOf(stepId))?.state).toBe("queued");
  });

  it("gives back a step that its living worker has let go of without a word", async () => {
    // The database was away for the one statement that gives a step back, but not for the worker's own lock.
    const { stepId } = await startedProbe();
    const worker = await register();
    await takeJob(stepId, "pool-alive");
    await claimStep({ stepId, workerId: worker.id });
    const silentSince = (seconds: number) =>
      db()
        .update(runSteps)
        .set({ updatedAt: new Date(Date.now() - seconds * 1000) })
        .where(eq(runSteps.id, stepId));
    await silentSince(600);
    await reconcileRuns({ signal });
    expect(await stepOf(stepId)).toMatchObject({ state: "running" });
    await db().execute(sql`delete from graphile_worker._private_jobs where key = ${`step:${stepId}`}`);
    await silentSince(5);
    await reconcileRuns({ signal });
    expect(await stepOf(stepId)).toMatchObject({ state: "running" });
    await silentSince(600);
    await reconcileRuns({ signal });
    expect(await stepOf(stepId)).toMatchObject({ state: "queued", attemptId: null, attempts: 1 });
    expect(await jobsOf(stepId)).toHaveLength(1);
  });

  it("makes a dead job a fresh try while the step has attempts left, and a visible failure when it has none", async () => {
    const { stepId, videoId } = await startedProbe();
    await db().execute(
      sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`step:${stepId}`}`,
    );
    await reconcileRuns({ signal });
    expect(await jobsOf(stepId)).toMatchObject([{ attempts: 0 }]);
    await db().execute(
      sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`step:${stepId}`}`,
    );
    await db().update(runSteps).set({ attempts: stepMaxAttempts }).where(eq(runSteps.id, stepId));
    await reconcileRuns({ signal });
    expect(await videoOf(videoId)).toMatchObject({ status: "failed", failureCode: "processing_failed" });
  });

  it("cancels the run of a deleted video, and fails a run in which nothing is left to do", async () => {
    const deleted = await startedProbe();
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, deleted.videoId));
    const stuck = await startedProbe();
    await db().update(runSteps).set({ state: "done" }).where(eq(runSteps.runId, stuck.runId));
    await reconcileRuns({ signal });
    const stateOf = async (runId: string) => (await db().select().from(runs).where(eq(runs.id, runId)))[0]?.state;
    expect([await stateOf(deleted.runId), await stateOf(stuck.runId)]).toEqual(["cancelled", "failed"]);
  });

  it("gives upkeep that ran out of attempts another chance later", async () => {
    await db().execute(
      sql`select graphile_worker.add_job('videos/purge', '{}', job_key => 'upkeep', max_attempts => 1)`,
    );
    await db().execute(sql`update graphile_worker._private_jobs set attempts = 1 where key = 'upkeep'`);
    await reconcileRuns({ signal });
    const [job] =
      await db().execute(sql`select attempts, run_at > now() + interval '1 hour' as later from graphile_worker.jobs
      where key = 'upkeep'`);
    expect(job).toMatchObject({ attempts: 0, later: true });
  });
});

describe("sweepWorkers", () => {
  it("gives the jobs and steps of a dead worker back in one go, once, with an audit entry", async () => {
    const { stepId } = await startedProbe();
    const worker = await register();
    await setWorkerPools(db(), { id: worker.id, poolIds: ["pool-dead"] });
    await takeJob(stepId, "pool-dead");
    await claimStep({ stepId, workerId: worker.id });
    const sweep = () => sweepWorkers({ ownId: newId(), silentSeconds: null });
    const swept = await Promise.all([sweep(), sweep(), sweep()]);
    expect(swept.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1);
    expect(await stepOf(stepId)).toMatchObject({ state: "queued", attemptId: null });
    expect(await jobsOf(stepId)).toMatchObject([{ locked_by: null }]);
    const entries = await db().select().from(auditLog).where(eq(auditLog.targetId, worker.id)).orderBy(auditLog.id);
    expect(entries).toMatchObject([{ action: "worker.swept", details: { stepIds: [stepId] } }]);
  });

  it("leaves a worker alone that holds its lock", async () => {
    const worker = await register();
    await transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${worker.lockKey.toString()}::bigint)`);
      await sweepWorkers({ ownId: newId(), silentSeconds: 60 });
      expect(await db().select().from(auditLog).where(eq(auditLog.targetId, worker.id)).orderBy(auditLog.id)).toEqual(
        [],
      );
    });
  });

  it("frees jobs of a pool that died before it was registered", async () => {
    const { stepId } = await startedProbe();
    await takeJob(stepId, "pool-unknown");
    await db().execute(sql`update graphile_worker._private_jobs set locked_at = now() - interval '2 minutes'
      where locked_by = 'pool-unknown'`);
    await sweepWorkers({ ownId: newId(), silentSeconds: null });
    expect(await jobsOf(stepId)).toMatchObject([{ locked_by: null }]);
  });
});

describe("purgeDeletedVideos", () => {
  it("queues videos whose time to be restored is over, once each", async () => {
    const old = await makeVideo({ deletedAt: new Date(Date.now() - 60_000) });
    const fresh = await makeVideo({ deletedAt: new Date() });
    await purgeDeletedVideos({ graceSeconds: 30 });
    await purgeDeletedVideos({ graceSeconds: 30 });
    const rows = await db().execute(sql`select key from graphile_worker.jobs where key like 'purge:%'`);
    const keys = rows.map((row) => row.key);
    expect(keys.filter((key) => key === `purge:${old.id}`)).toHaveLength(1);
    expect(keys).not.toContain(`purge:${fresh.id}`);
  });
});
