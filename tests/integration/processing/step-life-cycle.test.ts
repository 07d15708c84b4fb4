import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { takeWaitingJob } from "#lib/db/queries/runs/jobs.ts";
import { assets, renditions, runSteps, runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { type Claim, claimStep } from "#lib/processing/claim-step.ts";
import { completeStep } from "#lib/processing/complete-step.ts";
import { failStep, releaseStep, retryStep } from "#lib/processing/fail-step.ts";
import { removeRunFiles, runRemovalKey } from "#lib/processing/remove-run-files.ts";
import { reportProgress } from "#lib/processing/report-progress.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { fakeFinishResult, fakePlan } from "#tests/factories/fake-steps.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const worker = newId();
const never = new AbortController().signal;
const stepsOf = (runId: string) => db().select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(runSteps.id);
const runOf = async (runId: string) => (await db().select().from(runs).where(eq(runs.id, runId)))[0];
const videoOf = async (videoId: string) => (await db().select().from(videos).where(eq(videos.id, videoId)))[0];
const jobCount = async (stepId: string) =>
  (await db().execute(sql`select 1 from graphile_worker.jobs where key = ${`step:${stepId}`}`)).length;

const stepOf = async (runId: string, kind: string) => {
  const step = (await stepsOf(runId)).find((other) => other.kind === kind);
  if (step === undefined) throw new Error(`no ${kind} step`);
  return step;
};

const claim = async (stepId: string): Promise<Claim> => {
  const claimed = await claimStep({ stepId, workerId: worker });
  if ("refused" in claimed) throw new Error(`refused: ${claimed.refused}`);
  return claimed.claim;
};

const complete = (held: Claim, result: unknown, files: { path: string; key: string }[] = []) =>
  completeStep({ claim: held, outcome: { result, files }, store: objectStore(), signal: never });

/** A run whose probe has ended. */
const plannedRun = async (values: Parameters<typeof makeReceivedVideo>[0] = {}) => {
  const video = await makeReceivedVideo(values);
  const { runId } = await startUploadRun(video);
  await complete(await claim((await stepOf(runId, "probe")).id), { plan: fakePlan });
  return { ...video, runId };
};

const finishOthers = async (runId: string) => {
  for (const kind of ["encode", "audio", "poster"])
    await complete(await claim((await stepOf(runId, kind)).id), { kind });
};

const publish = async (run: { videoId: string; runId: string }) => {
  await finishOthers(run.runId);
  const held = await claim((await stepOf(run.runId, "finish")).id);
  return complete(held, fakeFinishResult({ id: run.runId, videoId: run.videoId }));
};

describe("claiming", () => {
  it("gives a step to exactly one of many workers that race for it", async () => {
    const { runId } = await startUploadRun(await makeReceivedVideo());
    const { id } = await stepOf(runId, "probe");
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimStep({ stepId: id, workerId: newId() })));
    expect(claims.filter((answer) => "claim" in answer)).toHaveLength(1);
    expect(claims.filter((answer) => "refused" in answer && answer.refused === "busy")).toHaveLength(5);
    expect((await stepOf(runId, "probe")).attempts).toBe(1);
  });

  it("gives nothing of a run that has ended or whose video is deleted", async () => {
    const ended = await plannedRun();
    const { id } = await stepOf(ended.runId, "encode");
    await transaction((tx) => cancelRuns(tx, ended));
    expect(await claimStep({ stepId: id, workerId: worker })).toMatchObject({ refused: "ended" });

    const deleted = await plannedRun();
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, deleted.videoId));
    const step = await stepOf(deleted.runId, "encode");
    expect(await claimStep({ stepId: step.id, workerId: worker })).toMatchObject({ refused: "ended" });
  });

  it("hands over the results of the steps that are done", async () => {
    const { runId } = await plannedRun();
    expect((await claim((await stepOf(runId, "encode")).id)).results).toMatchObject([{ kind: "probe" }]);
  });
});

describe("completing", () => {
  it("turns a probe's plan into steps, and queues all of them but the finish", async () => {
    const { runId } = await plannedRun();
    const queued: Record<string, number> = {};
    for (const step of await stepsOf(runId)) queued[step.kind] = await jobCount(step.id);
    // No worker runs here, so the probe's own job is still there.
    expect(queued).toEqual({ probe: 1, encode: 1, audio: 1, poster: 1, finish: 0 });
    expect((await runOf(runId))?.plan).toEqual(fakePlan);
  });

  it("queues the finish once, also when the last two steps end at the same time", async () => {
    const { runId } = await plannedRun();
    const held = await Promise.all(
      ["encode", "audio", "poster"].map(async (kind) => claim((await stepOf(runId, kind)).id)),
    );
    await Promise.all(held.map((one) => complete(one, null)));
    expect(await jobCount((await stepOf(runId, "finish")).id)).toBe(1);
  });

  it("puts files under their final names before the step counts as done", async () => {
    const run = await plannedRun();
    const folder = await mkdtemp(join(tmpdir(), "kinora-step-"));
    const path = join(folder, "0.m4s");
    await writeFile(path, "bytes");
    const key = `${runPrefix(run)}180p/00000.m4s`;
    await complete(await claim((await stepOf(run.runId, "encode")).id), null, [{ path, key }]);
    expect((await objectStore().head(key))?.sizeBytes).toBe(5);
  });

  it("publishes: renditions, assets, facts and the flip in one transaction, and the next run supersedes this one", async () => {
    const first = await plannedRun({ visibility: "public" });
    expect(await publish(first)).toBe(true);
    const video = await videoOf(first.videoId);
    expect(video).toMatchObject({
      status: "ready",
      currentRunId: first.runId,
      durationMs: 2000,
      dominantColor: "#102030",
    });
    expect(video?.publishedAt).toBeInstanceOf(Date);
    expect(await db().select().from(renditions).where(eq(renditions.runId, first.runId))).toHaveLength(1);
    const stored = await db().select().from(assets).where(eq(assets.runId, first.runId));
    expect(stored.map(({ kind }) => kind).sort()).toEqual(["rendition", "working"]);

    const { runId } = await startUploadRun(first);
    await complete(await claim((await stepOf(runId, "probe")).id), { plan: fakePlan });
    await publish({ videoId: first.videoId, runId });
    expect([(await runOf(first.runId))?.state, (await runOf(runId))?.state]).toEqual(["superseded", "published"]);
    const later = await videoOf(first.videoId);
    expect(later?.currentRunId).toBe(runId);
    expect(later?.publishedAt).toEqual(video?.publishedAt);
  });

  it("does not date the publication of a private video", async () => {
    const run = await plannedRun();
    await publish(run);
    expect((await videoOf(run.videoId))?.publishedAt).toBeNull();
  });

  it("refuses a result of an attempt that was replaced, and leaves the new attempt alone", async () => {
    const run = await plannedRun();
    const step = await stepOf(run.runId, "encode");
    const old = await claim(step.id);
    await retryStep({ claim: old, detail: "the machine stumbled" });
    const present = await claim(step.id);
    expect(await complete(old, { from: "old" })).toBe(false);
    expect(await reportProgress({ claim: old, progress: { fraction: 0.9, speed: 1 } })).toBe(false);
    expect(await complete(present, { from: "present" })).toBe(true);
    expect((await stepOf(run.runId, "encode")).result).toEqual({ from: "present" });
  });

  it("takes a result once: a second end of the same attempt changes nothing", async () => {
    const run = await plannedRun();
    const held = await claim((await stepOf(run.runId, "encode")).id);
    expect([await complete(held, 1), await complete(held, 2)]).toEqual([true, false]);
    expect((await stepOf(run.runId, "encode")).result).toBe(1);
  });

  it("leaves no file of a run that was cancelled and cleared away while its result was being put in place", async () => {
    const run = await plannedRun();
    const held = await claim((await stepOf(run.runId, "encode")).id);
    const folder = await mkdtemp(join(tmpdir(), "kinora-step-"));
    const path = join(folder, "0.m4s");
    await writeFile(path, "bytes");
    const key = `${runPrefix(run)}180p/00000.m4s`;
    const store = objectStore();
    const slowStore = {
      ...store,
      adopt: async (input: Parameters<typeof store.adopt>[0]) => {
        await transaction(async (tx) => {
          await cancelRuns(tx, run);
          expect(await takeWaitingJob(tx, runRemovalKey(run.runId))).toBe(true);
        });
        await removeRunFiles(run);
        return store.adopt(input);
      },
    };
    const outcome = { result: null, files: [{ path, key }] };
    expect(await completeStep({ claim: held, outcome, store: slowStore, signal: never })).toBe(false);
    expect(await store.head(key)).toBeNull();
  });
});

describe("failing", () => {
  it("records a fault of the file: step, run and video fail with its code, other steps are cancelled", async () => {
    const run = await plannedRun();
    const held = await claim((await stepOf(run.runId, "encode")).id);
    const failed = await failStep({
      runId: run.runId,
      stepId: held.step.id,
      attemptId: held.attemptId,
      code: "corrupt",
      detail: "broken at 3 s",
    });
    expect(failed).toBe(true);
    expect(await videoOf(run.videoId)).toMatchObject({ status: "failed", failureCode: "corrupt" });
    expect(await runOf(run.runId)).toMatchObject({
      state: "failed",
      failureCode: "corrupt",
      failureDetail: "broken at 3 s",
    });
    const states = new Map((await stepsOf(run.runId)).map((step) => [step.kind, step.state]));
    expect(states).toEqual(
      new Map([
        ["probe", "done"],
        ["encode", "failed"],
        ["audio", "cancelled"],
        ["poster", "cancelled"],
        ["finish", "cancelled"],
      ]),
    );
    expect(await jobCount((await stepOf(run.runId, "audio")).id)).toBe(0);
  });

  it("keeps a video ready that has an earlier run", async () => {
    const first = await plannedRun();
    await publish(first);
    const { runId } = await startUploadRun(first);
    const held = await claim((await stepOf(runId, "probe")).id);
    await failStep({ runId, stepId: held.step.id, attemptId: held.attemptId, code: "corrupt", detail: null });
    expect(await videoOf(first.videoId)).toMatchObject({
      status: "ready",
      currentRunId: first.runId,
      failureCode: null,
    });
    expect((await runOf(runId))?.state).toBe("failed");
  });

  it("lets the run live when an optional step fails, and still finishes", async () => {
    const run = await plannedRun();
    const poster = await claim((await stepOf(run.runId, "poster")).id);
    await complete(await claim((await stepOf(run.runId, "encode")).id), null);
    await complete(await claim((await stepOf(run.runId, "audio")).id), null);
    await failStep({
      runId: run.runId,
      stepId: poster.step.id,
      attemptId: poster.attemptId,
      code: "corrupt",
      detail: null,
    });
    expect((await runOf(run.runId))?.state).toBe("running");
    expect(await jobCount((await stepOf(run.runId, "finish")).id)).toBe(1);
  });

  it("fails visibly after the last attempt of a fault of the machine, as retryable `processing_failed`", async () => {
    const run = await plannedRun();
    const { id, maxAttempts } = await stepOf(run.runId, "encode");
    const fates: string[] = [];
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      fates.push(await retryStep({ claim: await claim(id), detail: "no room" }));
    }
    expect(fates).toEqual(["again", "again", "again", "again", "failed"]);
    expect(await videoOf(run.videoId)).toMatchObject({ status: "failed", failureCode: "processing_failed" });
  });

  it("gives a step of a stopping worker back uncounted, with a new job at once", async () => {
    const run = await plannedRun();
    const { id } = await stepOf(run.runId, "encode");
    const held = await claim(id);
    await releaseStep(held);
    expect(await stepOf(run.runId, "encode")).toMatchObject({ state: "queued", attempts: 0, attemptId: null });
    expect(await jobCount(id)).toBe(1);
    expect(await complete(held, null)).toBe(false);
  });
});
