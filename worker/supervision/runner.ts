import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type Task, type WorkerEvents } from "graphile-worker";
import { requireDatabaseUrl } from "#lib/env.ts";
import { log } from "#lib/log.ts";

/** One of a worker's two runners, with the pool id under which it locks jobs. */
export type LaneRunner = { runner: Runner; poolId: string };

// The library prints whole errors with their stacks.
const longestMessage = 500;

const queueLogger = (lane: string) =>
  new Logger(() => (level, message) => {
    const line = { "event.action": `queue.${level}`, lane };
    const text = message.slice(0, longestMessage);
    // A failed task was logged where it failed, with its request's id.
    if (level === "error" && !text.startsWith("Failed task")) log().error(line, text);
    else if (level === "warning") log().warn(line, text);
    else log().debug(line, text);
  });

/**
 * Starts a runner. A job's end is written at once (`…BatchDelay: 0`): with the defaults it is written behind the
 * runner's back, and a job that ended during a shutdown kept its lock in every one of 13 tries.
 */
export const startRunner = async (input: {
  lane: string;
  concurrency: number;
  pollMs: number;
  tasks: Record<string, Task>;
}): Promise<LaneRunner> => {
  const events: WorkerEvents = new EventEmitter();
  let poolId: string | null = null;
  events.on("pool:create", ({ workerPool }) => {
    poolId = workerPool.id;
  });
  const runner = await run({
    connectionString: requireDatabaseUrl(),
    taskList: input.tasks,
    concurrency: input.concurrency,
    maxPoolSize: input.concurrency + 2,
    pollInterval: input.pollMs,
    parsedCronItems: [],
    noHandleSignals: true,
    logger: queueLogger(input.lane),
    events,
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
  });
  if (poolId === null) throw new Error("the runner did not tell its pool");
  return { runner, poolId };
};
