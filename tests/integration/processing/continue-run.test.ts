import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { takeWaitingJob } from "#lib/db/queries/runs/jobs.ts";
import { auditLog, runSteps, runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { claimStep } from "#lib/processing/claim-step.ts";
import { completeStep } from "#lib/processing/complete-step.ts";
import { failStep, retryStep } from "#lib/processing/fail-step.ts";
import { removeRunFiles } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { cancelProcessing } from "#lib/videos/cancel-processing.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { livePart, livePlan } from "#tests/factories/live-plan.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Awaited<ReturnType<typeof makeBearer>>;
beforeAll(async () => {
  owner = await makeBearer();
});

const signal = new AbortController().signal;
const stepsOf = (runId: string) => db().select().from(runSteps).where(eq(runSteps.runId, runId)).orderBy(runSteps.id);
const stateOf = async (runId: string) =>
  (await stepsOf(runId)).map(({ kind, ordinal, state }) => `${kind} ${ordinal} ${state}`);
const videoOf = async (videoId: string) => (await db().select().from(videos).where(eq(videos.id, videoId)))[0];
const runsOf = async (videoId: string) =>
  (await db().select().from(runs).where(eq(runs.videoId, videoId)).orderBy(runs.id)).map(({ id, state }) => [
    id,
    state,
  ]);

const claim = async (runId: string, kind: string, ordinal = 0) => {
  const step = (await stepsOf(runId)).find((other) => other.kind === kind && other.ordinal === ordinal);
  const claimed = await claimStep({ stepId: step?.id ?? "", workerId: newId() });
  if ("refused" in claimed) throw new Error(`refused: ${claimed.refused}`);
  return claimed.claim;
};
const complete = async (runId: string, kind: string, result: unknown, ordinal = 0) =>
  completeStep({
    ...{ claim: await claim(runId, kind, ordinal), outcome: { result, files: [] }, store: objectStore(), signal },
  });

/** A run of two chunks whose first is done. */
const halfDone = async () => {
  const received = await makeReceivedVideo({ creatorId: owner.user.id, channelId: owner.channel.id });
  await db().update(videos).set({ originalKey: received.sourceKey }).where(eq(videos.id, received.videoId));
  const { runId } = await startUploadRun(received);
  await complete(runId, "probe", { plan: livePlan("avc") });
  await complete(runId, "encode", { parts: [livePart("360p", 0, 2)], poster: null });
  return { videoId: received.videoId, runId };
};
const again = (videoId: string) => reprocessVideo({ viewer: owner.user, videoId });
const fail = async (runId: string, code: string) => {
  const held = await claim(runId, "encode", 1);
  await failStep({ runId, stepId: held.step.id, attemptId: held.attemptId, code, detail: "x" });
};

describe("the retry of a failed video", () => {
  it("goes on from what its run made", async () => {
    const { videoId, runId } = await halfDone();
    await fail(runId, "processing_failed");
    expect((await videoOf(videoId))?.status).toBe("failed");
    await again(videoId);
    expect(await runsOf(videoId)).toEqual([[runId, "running"]]);
    expect((await videoOf(videoId))?.status).toBe("processing");
    expect(await stateOf(runId)).toEqual([
      ...["probe 0 done", "encode 0 done", "encode 1 queued", "package 0 queued", "finish 0 queued"],
    ]);
    expect((await claim(runId, "encode", 1)).step.attempts).toBe(1);
    await removeRunFiles({ videoId, runId });
    expect(await stateOf(runId)).toContain("encode 0 done");
  });

  it("starts anew when the file was at fault, and when its files have gone", async () => {
    const corrupt = await halfDone();
    await fail(corrupt.runId, "corrupt");
    await again(corrupt.videoId);
    expect((await runsOf(corrupt.videoId)).map(([, state]) => state)).toEqual(["failed", "running"]);
    const late = await halfDone();
    await fail(late.runId, "processing_failed");

    await db().transaction((tx) => takeWaitingJob(tx, `remove-run:${late.runId}`));
    await removeRunFiles(late);
    await again(late.videoId);
    expect((await runsOf(late.videoId)).map(([, state]) => state)).toEqual(["failed", "running"]);
  });
});

it("does not go on from parts that do not fit together, but does from a finish that the machine failed", async () => {
  const refused = await halfDone();
  await complete(refused.runId, "encode", { parts: [livePart("360p", 2, 4)], poster: null }, 1);
  await complete(refused.runId, "package", { parts: [], poster: null });
  const held = await claim(refused.runId, "finish");
  const failure = { ...{ runId: refused.runId, stepId: held.step.id }, code: "processing_failed", detail: "gap" };
  await failStep({ ...failure, attemptId: held.attemptId });
  await again(refused.videoId);
  expect((await runsOf(refused.videoId)).map(([, state]) => state)).toEqual(["failed", "running"]);
  const unlucky = await halfDone();
  await complete(unlucky.runId, "encode", { parts: [livePart("360p", 2, 4)], poster: null }, 1);
  await complete(unlucky.runId, "package", { parts: [], poster: null });
  for (const left of [4, 3, 2, 1, 0]) {
    const next = await claim(unlucky.runId, "finish");
    expect(await retryStep({ claim: next, detail: "the disk is full" })).toBe(left > 0 ? "again" : "failed");
  }
  await again(unlucky.videoId);
  expect(await runsOf(unlucky.videoId)).toEqual([[unlucky.runId, "running"]]);
});

it("does not go on from files whose removal has begun, though it broke off", async () => {
  const broken = await halfDone();
  await fail(broken.runId, "processing_failed");
  await db().execute(sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'the store is away'
    where key = ${`remove-run:${broken.runId}`}`);
  await again(broken.videoId);
  expect((await runsOf(broken.videoId)).map(([, state]) => state)).toEqual(["failed", "running"]);
});

it("a late end of the attempt that was stopped takes no file away from the retry", async () => {
  const { videoId, runId } = await halfDone();
  const key = `${runPrefix({ videoId, runId })}360p/00002.m4s`;
  const folder = await mkdtemp(join(tmpdir(), "kinora-late-"));
  const outcomeOf = async (name: string) => {
    await writeFile(join(folder, name), "the same bytes");
    return { result: { parts: [], poster: null }, files: [{ path: join(folder, name), key }] };
  };
  const [asked, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const store: ObjectStore = {
    ...objectStore(),
    adopt: async (input) => {
      const adopted = await objectStore().adopt(input);
      await cancelProcessing({ viewer: owner.user, videoId });
      return adopted;
    },
    remove: async (removed) => {
      asked.resolve();
      await go.promise;
      await objectStore().remove(removed);
    },
  };
  const late = completeStep({
    claim: await claim(runId, "encode", 1),
    outcome: await outcomeOf("late"),
    store,
    signal,
  });
  await Promise.race([asked.promise, late]);
  await again(videoId);
  const next = { claim: await claim(runId, "encode", 1), outcome: await outcomeOf("again") };
  expect(await completeStep({ ...next, store: objectStore(), signal })).toBe(true);
  go.resolve();
  expect(await late).toBe(false);
  expect(await objectStore().head(key)).not.toBeNull();
  await rm(folder, { recursive: true });
});

describe("cancelling", () => {
  it("ends a fresh video's run, which a retry goes on with", async () => {
    const { videoId, runId } = await halfDone();
    const held = await claim(runId, "encode", 1);
    const dto = await cancelProcessing({ viewer: owner.user, videoId });
    expect(dto).toMatchObject({ status: "failed", playable: false, failure: { code: "cancelled", retryable: true } });
    const outcome = { result: { parts: [], poster: null }, files: [] };
    expect(await completeStep({ claim: held, outcome, store: objectStore(), signal })).toBe(false);
    await expect(cancelProcessing({ viewer: owner.user, videoId })).rejects.toMatchObject({ code: "conflict" });
    expect((await again(videoId)).status).toBe("processing");
    expect(await runsOf(videoId)).toEqual([[runId, "running"]]);
    const actions = await db().select().from(auditLog).where(eq(auditLog.targetId, videoId)).orderBy(auditLog.id);
    expect(actions.map(({ action }) => action)).toEqual(["video.cancel", "video.reprocess"]);
  });

  it("does a ready video no harm", async () => {
    const { videoId, runId } = await halfDone();
    const current = newId();
    await db().update(videos).set({ status: "ready", currentRunId: current }).where(eq(videos.id, videoId));
    expect(await cancelProcessing({ viewer: owner.user, videoId })).toMatchObject({ status: "ready", playable: true });
    expect((await videoOf(videoId))?.currentRunId).toBe(current);
    expect(await runsOf(videoId)).toEqual([[runId, "cancelled"]]);
  });
});

it("a poster under removed files is forgotten", async () => {
  const { videoId, runId } = await halfDone();
  const posterKey = `${runPrefix({ videoId, runId })}poster.jpg`;
  await db()
    .update(videos)
    .set({ posterKey, posterWidths: [320] })
    .where(eq(videos.id, videoId));
  await fail(runId, "corrupt");
  await removeRunFiles({ videoId, runId });
  expect(await videoOf(videoId)).toMatchObject({ posterKey: null, posterWidths: [] });
});
