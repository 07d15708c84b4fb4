import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { publishedRuns, stepJobs, stepsOf, sweptPids, untilStatus, videoOf } from "#tests/faults/processing-state.ts";
import { quickTimes, startTestWorker } from "#tests/faults/test-worker.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const given = testDatabase();

const go = () => writeFile(join(given.dataDir, "go"), "");
/** Everything in scratch, reservations too; the folder of those stays. */
const scratchFolders = async () =>
  (await readdir(join(given.dataDir, "scratch"), { recursive: true })).filter((name) => name !== "reserved");

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1);

beforeEach(() => rm(join(given.dataDir, "go"), { force: true }));

describe("a worker that is killed", () => {
  it("with production's times: another worker goes on within 60 s, and one result is published", async ({
    annotate,
  }) => {
    const video = await makeReceivedVideo({ title: "slow" });
    const { runId } = await startUploadRun(video);
    const first = startTestWorker({});
    await first.said("begun encode");
    const second = startTestWorker({});
    await second.said("worker started");
    const killedAt = performance.now();
    first.kill("SIGKILL");
    await second.said("begun encode", { timeoutMs: 60_000 });
    const took = performance.now() - killedAt;
    await annotate(`another worker went on after ${seconds(killedAt)} s`);
    await go();
    await untilStatus(video.videoId, "ready");
    expect(took).toBeLessThan(60_000);
    expect(await publishedRuns(video.videoId)).toEqual([{ runId, renditions: 1 }]);
    expect((await stepsOf(runId)).get("encode")?.attempts).toBe(2);
    expect(await sweptPids()).toEqual([first.pid]);
  });

  it("is swept by its successor as soon as that one starts, and its scratch is removed", async ({ annotate }) => {
    const video = await makeReceivedVideo({ title: "slow" });
    await startUploadRun(video);
    const first = startTestWorker({});
    await first.said("begun encode");
    first.kill("SIGKILL");
    await first.ended;
    const killedAt = performance.now();
    const second = startTestWorker({});
    await second.said("begun encode");
    await annotate(`a restarted worker went on after ${seconds(killedAt)} s`);
    await go();
    await untilStatus(video.videoId, "ready");
    second.kill("SIGTERM");
    await second.ended;
    startTestWorker();
    const isEmpty = async () => (await scratchFolders()).length === 0;
    await waitFor({ what: "no scratch", until: isEmpty });
  });

  it("by a poison file each time: that video fails visibly after twelve deaths, another is not affected", async () => {
    const poison = await makeReceivedVideo({ title: "poison" });
    const { runId } = await startUploadRun(poison);
    const good = await makeReceivedVideo({ title: "quick" });
    await startUploadRun(good);
    let kills = 0;
    while ((await videoOf(poison.videoId)).status !== "failed") {
      const worker = startTestWorker(quickTimes);
      const failed = untilStatus(poison.videoId, "failed").then(() => "failed" as const);
      const ended = await Promise.race([worker.ended, failed]);
      if (ended === "SIGKILL") kills += 1;
      else {
        await untilStatus(good.videoId, "ready");
        // Its job ends a moment after the step; a worker that is killed in between leaves it to the next one.
        await waitFor({ what: "no step's job left", until: async () => (await stepJobs()).length === 0 });
      }
      expect(kills).toBeLessThanOrEqual(12);
      worker.kill("SIGKILL");
    }
    expect(kills).toBe(12);
    expect(await videoOf(poison.videoId)).toMatchObject({ status: "failed", failureCode: "processing_failed" });
    expect((await stepsOf(runId)).get("encode")).toMatchObject({ state: "failed", attempts: 12 });
    expect((await videoOf(good.videoId)).status).toBe("ready");
    expect(await stepJobs()).toEqual([]);
  });
});
