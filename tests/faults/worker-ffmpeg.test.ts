import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { objectStore } from "#lib/storage/index.ts";
import { videoRunsPrefix } from "#lib/storage/keys.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { ffmpegProcesses } from "#tests/faults/ffmpeg-processes.ts";
import { heldJobs, publishedRuns, stepsOf, untilStatus } from "#tests/faults/processing-state.ts";
import { startTestWorker } from "#tests/faults/test-worker.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

// The worker as it is in production (its own entry, times and handlers) with real ffmpeg.
const entry = "../../worker/index.ts";
const given = testDatabase();

/** A clip whose encode takes about an eighth of its length on two cores. */
const makeClip = async (durationSeconds: number): Promise<Buffer> => {
  const path = join(given.dataDir, `clip-${durationSeconds}.mp4`);
  const picture = ["-f", "lavfi", "-i", `testsrc2=size=640x360:rate=25:duration=${durationSeconds}`];
  const sound = ["-f", "lavfi", "-i", `sine=frequency=440:duration=${durationSeconds}`];
  const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"];
  await promisify(execFile)("ffmpeg", ["-v", "error", ...picture, ...sound, ...codecs, path]);
  return readFile(path);
};

let clip: Buffer;
// Its encode outlasts a stopping worker's grace on any machine.
let longClip: Buffer;

beforeAll(async () => {
  clip = await makeClip(40);
  longClip = await makeClip(240);
});

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(2);

const encoding = async (runId: string, attempts: number) => {
  const what = `attempt ${attempts} to be in the middle of its encode`;
  const isEncoding = async () => {
    const step = (await stepsOf(runId)).get("encode");
    return step?.state === "running" && step.attempts === attempts && step.progress > 0.02;
  };
  await waitFor({ what, until: isEncoding, timeoutMs: 60_000 });
  expect((await ffmpegProcesses(given.dataDir)).length).toBeGreaterThan(0);
};

const noFfmpeg = (timeoutMs: number) =>
  waitFor({
    what: "every ffmpeg of the worker to be gone",
    until: async () => (await ffmpegProcesses(given.dataDir)).length === 0,
    timeoutMs,
  });

const storedKeys = async (prefix: string) => {
  const keys: string[] = [];
  for await (const { key } of objectStore().list(prefix)) keys.push(key);
  return keys;
};

describe("the worker with real ffmpeg", () => {
  it("killed in the middle of an encode: no orphan ffmpeg, a restarted worker goes on, one published result", async ({
    annotate,
  }) => {
    const video = await makeReceivedVideo({ title: "killed" }, clip);
    const { runId } = await startUploadRun(video);
    const first = startTestWorker({}, entry);
    await encoding(runId, 1);
    const killedAt = performance.now();
    first.kill("SIGKILL");
    await noFfmpeg(5_000);
    await annotate(`no ffmpeg left ${seconds(killedAt)} s after the kill`);
    const second = startTestWorker({}, entry);
    await encoding(runId, 2);
    await annotate(`the restarted worker was in its encode ${seconds(killedAt)} s after the kill`);
    expect(performance.now() - killedAt).toBeLessThan(60_000);
    await untilStatus(video.videoId, "ready", 90_000);
    const [published, ...others] = await publishedRuns(video.videoId);
    expect(published?.runId).toBe(runId);
    expect(others).toEqual([]);
    expect(second.output()).not.toContain('"log.level":"error"');
  });

  it("lets go of a deleted video's encode within seconds, and no file of it is left", async ({ annotate }) => {
    const video = await makeReceivedVideo({ title: "cancelled" }, clip);
    const { runId } = await startUploadRun(video);
    startTestWorker({}, entry);
    await encoding(runId, 1);
    const cancelledAt = performance.now();
    await transaction((tx) => cancelRuns(tx, video));
    await noFfmpeg(5_000);
    await annotate(`ffmpeg gone ${seconds(cancelledAt)} s after the cancellation`);
    const isGone = async () => (await storedKeys(videoRunsPrefix(video.videoId))).length === 0;
    await waitFor({ what: "the run's files to be removed", until: isGone, timeoutMs: 60_000 });
  });

  it("told to stop in the middle of an encode: ends within seconds without an ffmpeg or a lock", async ({
    annotate,
  }) => {
    const video = await makeReceivedVideo({ title: "stopped" }, longClip);
    const { runId } = await startUploadRun(video);
    const worker = startTestWorker({}, entry);
    await encoding(runId, 1);
    const toldAt = performance.now();
    worker.kill("SIGTERM");
    expect(await worker.ended, worker.output()).toBe(0);
    await annotate(`stopped after ${seconds(toldAt)} s`);
    expect(await ffmpegProcesses(given.dataDir)).toEqual([]);
    expect(await heldJobs()).toEqual([]);
    expect((await stepsOf(runId)).get("encode")).toMatchObject({ state: "queued", attempts: 0 });
  });
});
