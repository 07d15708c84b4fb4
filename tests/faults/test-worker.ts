import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { childEnvironment, env } from "#lib/env.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import type { WorkerTimes } from "#worker/supervision/start-worker.ts";

/** Times with which faults show in seconds instead of a minute. */
export const quickTimes: Partial<WorkerTimes> = {
  heartbeatMs: 500,
  answerMs: 5_000,
  sweepMs: 500,
  silentSeconds: 3,
  reconcileMs: 1_000,
  pollMs: 100,
};

/** A worker process of a test; it is killed when the test ends. */
export type TestWorker = {
  pid: number;
  /** Everything it wrote so far. */
  output: () => string;
  /** Resolves once it wrote a line with this word, as often as `times` says. */
  said: (word: string, options?: { times?: number; timeoutMs?: number }) => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  /** How it ended: its exit status, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
};

const count = (text: string, word: string) => text.split(word).length - 1;

/** Ends a worker of a failed test for sure: a stopped process does not even hear SIGTERM. */
const reap = (child: ChildProcess) => {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
};

/** Starts a worker process against the test's own database and data folder. */
export const startTestWorker = (
  times: Partial<WorkerTimes> = quickTimes,
  entry = "worker-process.ts",
  variables: Record<string, string> = {},
): TestWorker => {
  const { databaseUrl, dataDir } = env();
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", fileURLToPath(new URL(entry, import.meta.url)), JSON.stringify(times)],
    {
      env: childEnvironment({
        DATABASE_URL: databaseUrl ?? "",
        DATA_DIR: dataDir,
        LOG_LEVEL: "info",
        WORKER_CONCURRENCY: "1",
        ...variables,
      }),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  onTestFinished(() => reap(child));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (part: string) => {
      text += part;
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on("exit", (code, signal) => resolve(signal ?? code ?? -1));
  });
  return {
    pid: child.pid ?? -1,
    output: () => text,
    said: async (word, { times: often = 1, timeoutMs = 20_000 } = {}) => {
      await waitFor({
        what: `the worker to say "${word}"`,
        until: () => count(text, word) >= often,
        timeoutMs,
        everyMs: 2,
      });
    },
    kill: (signal) => child.kill(signal),
    ended,
  };
};
