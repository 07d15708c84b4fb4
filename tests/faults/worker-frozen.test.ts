import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { heldJobs, publishedRuns, stepsOf, sweptPids, untilStatus } from "#tests/faults/processing-state.ts";
import { quickTimes, startTestWorker } from "#tests/faults/test-worker.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

const given = testDatabase();

beforeEach(() => rm(join(given.dataDir, "go"), { force: true }));

describe("a worker that is frozen and wakes up", () => {
  it.for([
    { name: "quick times", times: quickTimes },
    { name: "production's times", times: {} },
  ])(
    "with $name: has lost its step to another within 60 s, publishes nothing, ends no job of the other, and ends itself",
    async ({ times }, { annotate }) => {
      const video = await makeReceivedVideo({ title: "slow" });
      const { runId } = await startUploadRun(video);
      const frozen = startTestWorker(times);
      await frozen.said("begun encode");
      frozen.kill("SIGSTOP");
      const stoppedAt = performance.now();
      const other = startTestWorker(times);
      await other.said("begun encode", { timeoutMs: 60_000 });
      await annotate(
        `another worker went on ${((performance.now() - stoppedAt) / 1000).toFixed(1)} s after the freeze`,
      );
      expect(await sweptPids()).toContain(frozen.pid);
      frozen.kill("SIGCONT");
      expect(await frozen.ended, frozen.output()).toBe(75);
      // The other still works on the very same job row, which the woken worker did not delete.
      expect(await heldJobs()).toMatchObject([{ task_identifier: "media/encode" }]);
      await writeFile(join(given.dataDir, "go"), "");
      await untilStatus(video.videoId, "ready");
      expect(await publishedRuns(video.videoId)).toEqual([{ runId, renditions: 1 }]);
      expect((await stepsOf(runId)).get("encode")?.attempts).toBe(2);
    },
  );
});

describe("a worker whose database session is ended", () => {
  it("ends itself at once with a status that asks for a restart, and the restarted one goes on", async () => {
    const video = await makeReceivedVideo({ title: "quick" });
    const first = startTestWorker(quickTimes);
    await first.said("worker started");
    await db().execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'kinora-worker-lock' and datname = current_database()`);
    expect(await first.ended, first.output()).toBe(75);
    await startUploadRun(video);
    startTestWorker(quickTimes);
    await untilStatus(video.videoId, "ready");
    await waitFor({ what: "the first to be swept", until: async () => (await sweptPids()).includes(first.pid) });
  });
});
