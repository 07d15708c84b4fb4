import { setTimeout as delay } from "node:timers/promises";
import { closeDb, isConnectionError } from "#lib/db/client.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { watchLauncher } from "#lib/watch-launcher.ts";
import { startMetricsServer } from "#worker/metrics-server.ts";
import { type RunningWorker, startWorker, type WorkerParts } from "#worker/supervision/start-worker.ts";

const longestWaitMs = 5_000;
const exitAfterAbandonMs = 300;
// Beyond the longest grace: what has not ended by then hangs, and is safer swept than waited for.
const stopSlackMs = 10_000;
const launcherCheckMs = 1_000;

/** Exit status of a worker that a supervisor shall start again at once. */
const startAgain = 75;

const isDatabaseAway = (error: unknown): boolean =>
  isConnectionError(error) || (error instanceof AppError && error.code === "unavailable");

/** Starts the worker as soon as the database can be reached; null when told to stop before. */
const startWhenPossible = async (parts: WorkerParts, isStopping: () => boolean): Promise<RunningWorker | null> => {
  for (let waitMs = 250; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    if (isStopping()) return null;
    try {
      return await startWorker(parts);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      log().warn({ "event.action": "worker.waiting", waitMs, err: error }, "the database cannot be reached; waiting");
      await delay(waitMs);
    }
  }
};

/**
 * This process as a worker, from start to exit. SIGTERM and SIGINT stop it in good order (exit 0), a second one at once;
 * so does the end of the launcher. When its lock is lost or a runner dies it aborts what it runs and exits with a
 * status other than 0: the supervisor starts it again, and what it held is swept.
 */
export const runWorkerProcess = async (parts: Omit<WorkerParts, "onFatal">): Promise<void> => {
  let worker: RunningWorker | null = null;
  let ending = false;

  const die = (why: string, error?: unknown): void => {
    ending = true;
    log().fatal({ "event.action": "worker.fatal", why, err: error }, "the worker ends at once");
    worker?.abandon();
    setTimeout(() => process.exit(startAgain), exitAfterAbandonMs);
  };

  const stop = async (why: string): Promise<void> => {
    if (ending) process.exit(startAgain);
    ending = true;
    log().info({ "event.action": "worker.stopping", why }, "the worker stops");
    const longestGraceMs = Math.max(...Object.values(parts.times.graceMs));
    setTimeout(() => process.exit(startAgain), longestGraceMs + stopSlackMs).unref();
    try {
      await worker?.stop();
      await closeDb();
    } catch (error) {
      log().error({ "event.action": "worker.stop_failed", err: error }, "the worker did not stop in good order");
      process.exit(startAgain);
    }
    process.exit(0);
  };

  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
  process.on("uncaughtException", (error) => die("an error nobody caught", error));
  const { launcherPid, workerMetricsPort, host, metricsToken } = env();
  if (launcherPid !== null) {
    watchLauncher({ pid: launcherPid, everyMs: launcherCheckMs, onGone: () => void stop("the launcher is gone") });
  }
  await startMetricsServer({
    port: workerMetricsPort,
    host,
    token: metricsToken,
    isHealthy: () => worker !== null && !ending,
  });
  worker = await startWhenPossible({ ...parts, onFatal: (why) => die(why) }, () => ending);
};
