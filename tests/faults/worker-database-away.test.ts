import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDb } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate.ts";
import { overrideEnv } from "#lib/env.ts";
import { type PostgresServer, startPostgres, stopPostgres } from "#scripts/start/postgres/server.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { heldJobs, publishedRuns, untilStatus } from "#tests/faults/processing-state.ts";
import { quickTimes, startTestWorker } from "#tests/faults/test-worker.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

let dataDir = "";
let serverDir = "";
let server: PostgresServer;

const start = async () => {
  server = await startPostgres({ dataDir: serverDir, preferredPort: server?.port ?? null, durable: false });
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "kinora-test-"));
  serverDir = await mkdtemp(join(tmpdir(), "kinora-test-"));
  // As root the server runs as another user, who must be able to enter.
  await chmod(serverDir, 0o711);
  await start();
  const databaseUrl = server.url("postgres");
  overrideEnv({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
  await migrate({ databaseUrl });
});

afterAll(async () => {
  await closeDb();
  await stopPostgres(server, { hurry: true });
  await rm(dataDir, { recursive: true, force: true });
  await rm(serverDir, { recursive: true, force: true });
});

it("PostgreSQL away in the middle of an encode: the worker ends, its successor waits and carries on, nothing is lost or twice", async () => {
  const video = await makeReceivedVideo({ title: "slow" });
  const { runId } = await startUploadRun(video);
  const first = startTestWorker(quickTimes);
  await first.said("begun encode");
  await stopPostgres(server, { hurry: true });
  // Its lock is gone, so it may not assume that the step is still its own.
  expect(await first.ended, first.output()).toBe(75);
  const second = startTestWorker(quickTimes);
  await second.said("the database cannot be reached", { times: 2 });
  await start();
  await second.said("begun encode", { timeoutMs: 60_000 });
  await writeFile(join(dataDir, "go"), "");
  await untilStatus(video.videoId, "ready");
  expect(await publishedRuns(video.videoId)).toEqual([{ runId, renditions: 1 }]);
});

it("PostgreSQL stopped exactly as a job ends: the job is done again or was done, and one result is published", async () => {
  const videoIds: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const video = await makeReceivedVideo({ title: "quick" });
    await startUploadRun(video);
    videoIds.push(video.videoId);
    const worker = startTestWorker(quickTimes);
    await worker.said("ending encode");
    await stopPostgres(server, { hurry: true });
    expect(await worker.ended, worker.output()).not.toBe(0);
    await start();
  }
  startTestWorker(quickTimes);
  for (const videoId of videoIds) {
    await untilStatus(videoId, "ready");
    expect(await publishedRuns(videoId)).toHaveLength(1);
  }
  // The last job's end is written a moment after its result.
  await waitFor({ what: "no job to be held", until: async () => (await heldJobs()).length === 0 });
});
