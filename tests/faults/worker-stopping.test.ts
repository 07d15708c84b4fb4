import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { heldJobs, publishedRuns, stepsOf, sweptPids, untilStatus } from "#tests/faults/processing-state.ts";
import { quickTimes, startTestWorker } from "#tests/faults/test-worker.ts";
import { testDatabase } from "#tests/setup/database.ts";

const given = testDatabase();
const rounds = 20;

describe("a worker that is told to stop", () => {
  it(`exactly as a job ends, ${rounds} times: leaves no lock behind, and every video is published once`, async () => {
    const videoIds: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const video = await makeReceivedVideo({ title: "quick" });
      await startUploadRun(video);
      videoIds.push(video.videoId);
      const worker = startTestWorker(quickTimes);
      // By turns while the result is being put in place, and while the queue writes the job's end.
      await worker.said(round % 2 === 0 ? "ending encode" : '"kind":"encode","outcome":"done"');
      worker.kill("SIGTERM");
      expect(await worker.ended, worker.output()).toBe(0);
      expect(await heldJobs()).toEqual([]);
    }
    startTestWorker(quickTimes);
    for (const videoId of videoIds) {
      await untilStatus(videoId, "ready");
      expect(await publishedRuns(videoId)).toHaveLength(1);
    }
    // Nobody was found dead: each left in good order.
    expect(await sweptPids()).toEqual([]);
  });

  it("gives a long encode back at once and uncounted, and the next worker takes it without a back-off", async () => {
    const video = await makeReceivedVideo({ title: "slow" });
    const { runId } = await startUploadRun(video);
    const first = startTestWorker({
      ...quickTimes,
      graceMs: { light: 2_000, first: 200, heavy: 200, upkeep: 200, outside: 200 },
    });
    await first.said("begun encode");
    const told = performance.now();
    first.kill("SIGTERM");
    expect(await first.ended, first.output()).toBe(0);
    expect(performance.now() - told).toBeLessThan(8_000);
    expect((await stepsOf(runId)).get("encode")).toMatchObject({ state: "queued", attempts: 0 });
    expect(await heldJobs()).toEqual([]);
    const second = startTestWorker(quickTimes);
    await second.said("begun encode");
    await writeFile(join(given.dataDir, "go"), "");
    await untilStatus(video.videoId, "ready");
    expect((await stepsOf(runId)).get("encode")?.attempts).toBe(1);
  });

  it("ends when its launcher is gone, even by kill -9", async () => {
    const launcher = startTestWorker(quickTimes);
    await launcher.said("worker started");
    const worker = startTestWorker(quickTimes, "worker-process.ts", { KINORA_LAUNCHER_PID: String(launcher.pid) });
    await worker.said("worker started");
    launcher.kill("SIGKILL");
    expect(await worker.ended, worker.output()).toBe(0);
  });
});
