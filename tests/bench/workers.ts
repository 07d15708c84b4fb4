import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { closeDb, db } from "#lib/db/client.ts";
import { findVideo } from "#lib/db/queries/videos/videos.ts";
import { childEnvironment, overrideEnv } from "#lib/env.ts";
import { objectStore } from "#lib/storage/index.ts";
import { workerProgram } from "#scripts/start/project.ts";
import { clipKinds, makeLong, makeMinute } from "#tests/bench/long-clips.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { databaseUrlOf, onServer, startTestServer } from "#tests/setup/test-server.ts";
import { waitFor } from "#tests/setup/wait-for.ts";

// Long enough that the last chunk of one worker while the other has none left weighs little.
const minutes = 20;
const size = "854x480";
const bar = 1.7;

/** A worker as in production, one heavy job at a time, on one core. */
const startPinned = (core: number, variables: Record<string, string>): ChildProcess =>
  spawn("taskset", ["-c", String(core), process.execPath, workerProgram], {
    stdio: ["ignore", "ignore", "inherit"],
    env: childEnvironment({ ...variables, WORKER_CONCURRENCY: "1", LOG_LEVEL: "error" }),
  });

const stopAll = async (workers: readonly ChildProcess[]) => {
  for (const worker of workers) worker.kill("SIGTERM");
  await Promise.all(workers.map((worker) => (worker.exitCode === null ? once(worker, "exit") : null)));
};

/** Seconds from the start of a run to its end, carried out by that many pinned workers. */
const secondsWith = async (input: { cores: number; file: string; variables: Record<string, string> }) => {
  const { cores, file, variables } = input;
  const { videoId, sourceKey } = await makeReceivedVideo();
  await objectStore().remove(sourceKey);
  await objectStore().adopt({ key: sourceKey, path: file, local: "keep" });
  const workers = Array.from({ length: cores }, (_, core) => startPinned(core, variables));
  try {
    const started = performance.now();
    await startUploadRun({ videoId, sourceKey });
    await waitFor({
      what: "a published video",
      timeoutMs: 3_600_000,
      everyMs: 100,
      until: async () => {
        const video = await findVideo(db(), { videoId });
        if (video?.status === "failed") throw new Error(`failed: ${video.failureCode}`);
        return video?.status === "ready";
      },
    });
    return (performance.now() - started) / 1000;
  } finally {
    await stopAll(workers);
  }
};

/** One long video on one worker with one core, then on two with one core each; no web process runs. */
export const run = async () => {
  if (availableParallelism() < 2) throw new Error("This needs two cores.");
  const folder = await mkdtemp(join(tmpdir(), "kinora-workers-"));
  const server = await startTestServer();
  try {
    const minute = await makeMinute({ kind: clipKinds.aspMkv, folder, size });
    const file = await makeLong({ kind: clipKinds.aspMkv, minute, minutes, folder });
    const database = `kinora_bench_${process.pid}`;
    await onServer(server.adminUrl, `create database ${database} template ${server.template}`);
    const AUTH_SECRET = "a-secret-for-the-benchmark-a-secret-for-the-benchmark";
    const variables = { DATABASE_URL: databaseUrlOf(server.adminUrl, database), DATA_DIR: folder, AUTH_SECRET };
    overrideEnv(variables);
    const one = await secondsWith({ cores: 1, file, variables });
    const two = await secondsWith({ cores: 2, file, variables });
    await closeDb();
    const ratio = one / two;
    const value = `${ratio.toFixed(2)} (${one.toFixed(0)} s against ${two.toFixed(0)} s)`;
    const what = `two workers with one core each against one (${minutes} min of ${size})`;
    return { rows: [{ what, value, bar: `at least ${bar}`, ok: ratio >= bar }] };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Name of this benchmark, as the runner lists it. */
export const name = "workers";
