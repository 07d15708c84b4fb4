import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { runSteps, runs, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const jobsOf = async (runId: string) =>
  db().execute(sql`select task_identifier, key from graphile_worker.jobs j
    join run_steps s on j.key = 'step:' || s.id::text where s.run_id = ${runId}`);
const videoOf = async (videoId: string) => (await db().select().from(videos).where(eq(videos.id, videoId)))[0];

describe("startRun", () => {
  it("commits the run, its probe step, the probe's job and the video's status together", async () => {
    const video = await makeReceivedVideo();
    const { runId } = await startUploadRun(video);
    const steps = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
    expect(steps.map(({ kind, state }) => ({ kind, state }))).toEqual([{ kind: "probe", state: "queued" }]);
    expect((await jobsOf(runId)).map((job) => job.task_identifier)).toEqual(["media/probe"]);
    expect((await videoOf(video.videoId))?.status).toBe("processing");
  });

  it("leaves nothing behind when the caller's transaction fails", async () => {
    const video = await makeReceivedVideo();
    const failing = transaction(async (tx) => {
      await startRun(tx, { ...video, reason: "upload" });
      throw new Error("the caller changed its mind");
    });
    await expect(failing).rejects.toThrow("changed its mind");
    expect(await db().select().from(runs).where(eq(runs.videoId, video.videoId))).toEqual([]);
    expect((await videoOf(video.videoId))?.status).toBe("uploading");
  });

  it("starts exactly one run of a video, however many callers race", async () => {
    const video = await makeReceivedVideo();
    const started = await Promise.all(Array.from({ length: 8 }, () => startUploadRun(video)));
    expect(new Set(started.map((run) => run.runId)).size).toBe(1);
    const [first] = started;
    expect(await db().select().from(runs).where(eq(runs.videoId, video.videoId))).toHaveLength(1);
    expect(await jobsOf(first?.runId ?? "")).toHaveLength(1);
  });

  it("never takes a ready video out of ready", async () => {
    const video = await makeReceivedVideo({ status: "ready" });
    await startUploadRun(video);
    expect((await videoOf(video.videoId))?.status).toBe("ready");
  });

  it("refuses a video that is deleted or unknown", async () => {
    const video = await makeReceivedVideo({ deletedAt: new Date() });
    await expect(startUploadRun(video)).rejects.toMatchObject({ code: "not_found" });
    await expect(startUploadRun({ ...video, videoId: newId() })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("cancelRuns", () => {
  it("ends the run and its steps, takes its waiting job away and queues the removal of its files", async () => {
    const video = await makeReceivedVideo();
    const { runId } = await startUploadRun(video);
    await transaction((tx) => cancelRuns(tx, video));
    const [run] = await db().select().from(runs).where(eq(runs.id, runId));
    const [step] = await db().select().from(runSteps).where(eq(runSteps.runId, runId));
    expect([run?.state, step?.state]).toEqual(["cancelled", "cancelled"]);
    expect(await jobsOf(runId)).toHaveLength(0);
    const removal = await db().execute(sql`select 1 from graphile_worker.jobs where key = ${`remove-run:${runId}`}`);
    expect(removal).toHaveLength(1);
  });

  it("makes room for a new run, and does nothing where none is going on", async () => {
    const video = await makeReceivedVideo();
    const first = await startUploadRun(video);
    await transaction((tx) => cancelRuns(tx, video));
    await transaction((tx) => cancelRuns(tx, video));
    const second = await startUploadRun(video);
    expect(second.runId).not.toBe(first.runId);
  });
});
