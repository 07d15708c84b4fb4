import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertWorker, markWorkerSwept } from "#lib/db/queries/runs/workers.ts";
import { runSteps } from "#lib/db/schema/index.ts";
import { env } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { scratchNeed } from "#lib/media/plan/scratch-need.ts";
import { progressOfVideos } from "#lib/processing/progress-of-videos.ts";
import { stepMaxAttempts } from "#lib/processing/step-jobs.ts";
import { objectStore } from "#lib/storage/index.ts";
import { fakeHandlers, noTool } from "#tests/factories/fake-steps.ts";
import { livePlan } from "#tests/factories/live-plan.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testWorkspace } from "#tests/factories/workspace.ts";
import { testDatabase } from "#tests/setup/database.ts";
import type { StepHandler, StepKind } from "#worker/steps/step.ts";
import { performStep } from "#worker/supervision/perform-step.ts";
import { removeDeadScratch } from "#worker/supervision/remove-dead-scratch.ts";

testDatabase();

const never = new AbortController().signal;
const mebibyte = 1024 ** 2;
const scratchRoot = () => join(env().dataDir, "scratch");
const least = scratchNeed({ plan: null, step: { kind: "probe", ordinal: 0 } });

const stepOf = async (runId: string, kind: StepKind) => {
  const rows = await db().select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(runSteps.id);
  const step = rows.find((row) => row.kind === kind);
  if (step === undefined) throw new Error(`no ${kind} step`);
  return step;
};

const newRun = async () => {
  const video = await makeReceivedVideo();
  return { ...video, ...(await startUploadRun(video)) };
};

const registered = async () => {
  const workerId = newId();
  await insertWorker(db(), { id: workerId, lockKey: 1n, poolIds: [], hostname: "here", pid: 1 });
  return workerId;
};

const perform = (
  stepId: string,
  options: { maxBytes?: number; workerId?: string; handlers?: Partial<Record<StepKind, StepHandler>> } = {},
) => {
  const { maxBytes = null, workerId = newId(), handlers } = options;
  const workspace = testWorkspace({ workerId, maxBytes });
  const tools = { ffmpeg: noTool, ffprobe: noTool, store: objectStore(), progressMs: 50 };
  return performStep({
    machine: { ...tools, workerId, workspace, handlers: fakeHandlers(handlers) },
    ...{ stepId, signal: never },
  });
};

const waitingJobs = async (stepId: string) =>
  (
    await db().execute(sql`
      select 1 from graphile_worker.jobs where key = ${`step:${stepId}`} and run_at > now() and locked_at is null`)
  ).length;

describe("a step for which the scratch disk has no room", () => {
  it("waits visibly and uncounted, and goes on when there is room", async () => {
    const { videoId, runId } = await newRun();
    const { id } = await stepOf(runId, "probe");
    for (const _ of [1, 2, 3, 4]) await perform(id, { maxBytes: least - 1 });
    expect(await stepOf(runId, "probe")).toMatchObject({ state: "queued", attempts: 0, errorCode: "disk_full" });
    expect(await waitingJobs(id)).toBe(1);
    const progress = (await progressOfVideos(db(), [videoId])).get(videoId);
    expect(progress).toMatchObject({ stage: "waiting", steps: [{ kind: "probe", state: "waiting" }] });
    expect(progress?.steps[0]?.errorCode).toBe("disk_full");

    await perform(id, { maxBytes: least });
    expect(await stepOf(runId, "probe")).toMatchObject({ state: "done", attempts: 1, errorCode: null });
    expect(await readdir(join(scratchRoot(), "reserved"))).toEqual([]);
  });

  it("lets smaller steps of the same run go on meanwhile", async () => {
    const { runId } = await newRun();
    const plan: Plan = livePlan("none", { previewRung: null, previewChunks: [] });
    const steps = [...plan.steps, { kind: "poster" as const, ordinal: 0, required: false, weight: 1 }];
    const probe: StepHandler = async () => ({ result: { plan: { ...plan, steps } }, files: [] });
    await perform((await stepOf(runId, "probe")).id, { handlers: { probe } });
    const maxBytes = least + mebibyte;
    for (const kind of ["encode", "poster"] as const) await perform((await stepOf(runId, kind)).id, { maxBytes });
    expect(await stepOf(runId, "encode")).toMatchObject({ state: "queued", errorCode: "disk_full" });
    expect(await stepOf(runId, "poster")).toMatchObject({ state: "done" });
  });
});

describe("a step whose scratch disk cannot be used", () => {
  const reserved = () => join(scratchRoot(), "reserved");

  it("fails visibly in the end, as it does for any other fault of the machine", async () => {
    const { runId } = await newRun();
    const { id } = await stepOf(runId, "probe");
    await rm(reserved(), { recursive: true, force: true });
    await mkdir(scratchRoot(), { recursive: true });
    await writeFile(reserved(), "in the way");
    for (let attempt = 1; attempt < stepMaxAttempts; attempt += 1) {
      await expect(perform(id)).rejects.toThrow(/EEXIST|ENOTDIR/);
      expect(await stepOf(runId, "probe")).toMatchObject({ state: "queued", attempts: attempt });
    }
    await perform(id);
    expect(await stepOf(runId, "probe")).toMatchObject({ state: "failed", errorCode: "processing_failed" });
    await rm(reserved());
  });
});

describe("two workers on one scratch disk", () => {
  /** A probe that has begun on a worker of its own and ends when told. */
  const begun = async () => {
    const { runId } = await newRun();
    const workerId = await registered();
    const started = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const probe: StepHandler = async (context) => {
      started.resolve();
      await gate.promise;
      return fakeHandlers().probe(context);
    };
    const work = perform((await stepOf(runId, "probe")).id, { maxBytes: 2 * least - 1, workerId, handlers: { probe } });
    await started.promise;
    return { runId, workerId, end: () => gate.resolve(), work };
  };

  it("see each other's reservations", async () => {
    const first = await begun();
    const { runId } = await newRun();
    const { id } = await stepOf(runId, "probe");
    const second = { maxBytes: 2 * least - 1, workerId: await registered() };
    await perform(id, second);
    expect(await stepOf(runId, "probe")).toMatchObject({ state: "queued", errorCode: "disk_full" });
    first.end();
    await first.work;
    expect(await stepOf(first.runId, "probe")).toMatchObject({ state: "done" });
    await perform(id, second);
    expect(await stepOf(runId, "probe")).toMatchObject({ state: "done" });
  });

  it("do not wait for one that is dead, and what it left goes", async () => {
    const dead = await begun();
    const left = join(scratchRoot(), (await stepOf(dead.runId, "probe")).attemptId ?? "");
    await mkdir(left, { recursive: true });
    await writeFile(join(left, "stream.mp4"), Buffer.alloc(least));
    const { runId } = await newRun();
    const { id } = await stepOf(runId, "probe");
    const second = { maxBytes: 2 * least - 1, workerId: await registered() };
    await perform(id, second);
    expect(await stepOf(runId, "probe")).toMatchObject({ errorCode: "disk_full" });

    await transaction((tx) => markWorkerSwept(tx, dead.workerId));
    await db().update(runSteps).set({ state: "queued", attemptId: null }).where(eq(runSteps.runId, dead.runId));
    await removeDeadScratch({ scratchRoot: scratchRoot() });
    expect(await readdir(scratchRoot())).toEqual(["reserved"]);
    expect(await readdir(join(scratchRoot(), "reserved"))).toEqual([]);
    await perform(id, second);
    expect(await stepOf(runId, "probe")).toMatchObject({ state: "done" });
    dead.end();
    await dead.work;
  });
});
