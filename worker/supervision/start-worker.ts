import type { Task } from "graphile-worker";
import { db } from "#lib/db/client.ts";
import { isJobHeldBy } from "#lib/db/queries/runs/jobs.ts";
import { type Lane, lanes } from "#lib/jobs/names.ts";
import { log, withLogContext } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { reconcileRuns } from "#lib/processing/reconcile-runs.ts";
import { sweepWorkers } from "#lib/processing/sweep-workers.ts";
import { errorNote, queueError } from "#worker/supervision/error-note.ts";
import { Registration } from "#worker/supervision/registration.ts";
import { type Round, startRounds } from "#worker/supervision/rounds.ts";
import { type LaneRunner, startRunner } from "#worker/supervision/runner.ts";
import type { WorkerTask } from "#worker/tasks/task.ts";

/** The times a worker keeps, in milliseconds unless their name says otherwise. */
export type WorkerTimes = {
  heartbeatMs: number;
  /** Longest time a sign of life may take. */
  answerMs: number;
  sweepMs: number;
  /** A worker that gave no sign for so long is taken for stopped and loses its jobs. */
  silentSeconds: number;
  reconcileMs: number;
  pollMs: number;
  /** How long running jobs of each lane may go on when the worker stops, before they are given back. */
  graceMs: Record<Lane, number>;
};

/**
 * Production's times. A killed worker's jobs run again after at most sweep + poll (12 s), those of a stopped one after
 * silence + two sweeps + poll (47 s): both within the promised minute. A finished
 * upload whose finish was lost starts its run after at most 30 s.
 */
export const workerTimes: WorkerTimes = {
  heartbeatMs: 5_000,
  answerMs: 15_000,
  sweepMs: 10_000,
  silentSeconds: 25,
  reconcileMs: 30_000,
  pollMs: 2_000,
  graceMs: { light: 8_000, first: 2_000, heavy: 2_000, upkeep: 2_000, outside: 2_000 },
};

/** What a worker consists of. */
export type WorkerParts = {
  times: WorkerTimes;
  /** Heavy jobs at the same time; see `slotsOf` for the others. */
  concurrency: number;
  /** Made once the worker has its id. */
  tasks: (workerId: string) => readonly WorkerTask[];
  /** Upkeep besides the sweep and the reconciling of runs, done at each reconciliation. */
  upkeep: (signal: AbortSignal) => Promise<void>;
  /** What has a time of its own. */
  rounds?: readonly Round[];
  /** Called once when the worker may not go on: its lock was lost or a runner died. The process must end. */
  onFatal: (why: string) => void;
};

/** A worker at work. */
export type RunningWorker = {
  workerId: string;
  /** Stops taking jobs, lets running ones end or gives them back, leaves the register. */
  stop: () => Promise<void>;
  /** Aborts everything at once, because this worker's jobs are no longer its own. */
  abandon: () => void;
};

type Lanes = Record<Lane, AbortController>;

/** Something of each lane. */
const eachLane = <T>(make: (lane: Lane) => T): Record<Lane, T> => ({
  light: make("light"),
  first: make("first"),
  heavy: make("heavy"),
  upkeep: make("upkeep"),
  outside: make("outside"),
});

/** They only wait, so the machine's size does not matter. */
const outsideSlots = 8;

/** Jobs of a lane at the same time. A first chunk and its sound are made side by side, whatever the machine. */
const slotsOf = (lane: Lane, concurrency: number): number =>
  ({ light: concurrency + 2, first: concurrency + 1, heavy: concurrency, upkeep: 2, outside: outsideSlots })[lane];

/** Wraps a task for the queue: log context, metrics, and the question whether the job is still ours when it ends. */
const queueTask =
  (input: { task: WorkerTask; lanes: Lanes; ready: Promise<void>; registration: Registration }): Task =>
  async (payload, { job }) => {
    const { task, lanes, ready, registration } = input;
    const requestId = requestIdOf(payload) ?? `job-${job.id}`;
    await withLogContext({ requestId, job: task.name, jobId: String(job.id) }, async () => {
      await ready;
      metrics().workerJobsRunning.inc({ lane: task.lane });
      try {
        await task.run(payload, { signal: lanes[task.lane].signal });
      } catch (error) {
        log().error({ "event.action": "job.failed", attempt: job.attempts, error: errorNote(error) }, "a job failed");
        throw queueError(error);
      } finally {
        metrics().workerJobsRunning.dec({ lane: task.lane });
      }
      // The queue deletes an ended job by its id alone, even when it was given to another worker meanwhile.
      if (await isJobHeldBy(db(), { jobId: String(job.id), poolId: String(job.locked_by) })) return;
      log().error({ "event.action": "job.not_ours" }, "a job ended that was given to another worker meanwhile");
      if (!(await registration.check())) await new Promise<never>(() => undefined);
    });
  };

const requestIdOf = (payload: unknown): string | null =>
  typeof payload === "object" && payload !== null && "requestId" in payload && typeof payload.requestId === "string"
    ? payload.requestId
    : null;

const upkeepRounds = (parts: WorkerParts, workerId: string): Round[] => {
  const { times } = parts;
  let lastSweep: number | null = null;
  return [
    {
      name: "sweep",
      everyMs: times.sweepMs,
      work: async (signal) => {
        // Who was stopped itself cannot judge others' silence: everything looks silent after a nap of the machine.
        const now = Date.now();
        const awake = lastSweep !== null && now - lastSweep < times.sweepMs + times.silentSeconds * 500;
        lastSweep = now;
        const swept = await sweepWorkers({ ownId: workerId, silentSeconds: awake ? times.silentSeconds : null });
        if (swept > 0) await reconcileRuns({ signal });
      },
    },
    {
      name: "reconcile",
      everyMs: times.reconcileMs,
      work: async (signal) => {
        await reconcileRuns({ signal });
        await parts.upkeep(signal);
      },
    },
    ...(parts.rounds ?? []),
  ];
};

const startLanes = async (input: {
  parts: WorkerParts;
  registration: Registration;
  lanes: Lanes;
  ready: Promise<void>;
}): Promise<Record<Lane, LaneRunner>> => {
  const { parts, registration } = input;
  const tasks = parts.tasks(registration.workerId);
  const start = (lane: Lane, concurrency: number) =>
    startRunner({
      lane,
      concurrency,
      pollMs: parts.times.pollMs,
      tasks: Object.fromEntries(
        tasks.filter((task) => task.lane === lane).map((task) => [task.name, queueTask({ task, ...input })]),
      ),
    });
  const started = eachLane((lane) => start(lane, slotsOf(lane, parts.concurrency)));
  const [light, first, heavy, upkeep, outside] = await Promise.all([
    started.light,
    started.first,
    started.heavy,
    started.upkeep,
    started.outside,
  ]);
  return { light, first, heavy, upkeep, outside };
};

const stopLane = async (input: { lane: LaneRunner; controller: AbortController; graceMs: number }): Promise<void> => {
  const timer = setTimeout(() => input.controller.abort(new Error("the worker stops")), input.graceMs);
  try {
    await input.lane.runner.stop();
    await input.lane.runner.promise;
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Starts all runners and names their pools. A fault half-way would leave a registered worker that holds jobs it never
 * begins, so it ends the process instead; a start from nothing is clean.
 */
const openLanes = async (input: Parameters<typeof startLanes>[0]): Promise<Record<Lane, LaneRunner>> => {
  try {
    const runners = await startLanes(input);
    await input.registration.setPools(lanes.map((lane) => runners[lane].poolId));
    return runners;
  } catch (error) {
    log().error({ "event.action": "worker.half_started", err: error }, "a runner could not be started");
    input.parts.onFatal("a runner could not be started");
    return await new Promise<never>(() => undefined);
  }
};

/** Starts a worker: registration, upkeep, a runner for each lane. Throws when the database cannot be reached. */
export const startWorker = async (parts: WorkerParts): Promise<RunningWorker> => {
  const controllers: Lanes = eachLane(() => new AbortController());
  const { heartbeatMs, answerMs, graceMs } = parts.times;
  let stopping = false;
  const registration = await Registration.open({ heartbeatMs, answerMs, onLost: (why) => parts.onFatal(why) });
  const { workerId } = registration;
  const gate = Promise.withResolvers<void>();
  const runners = await openLanes({ parts, registration, lanes: controllers, ready: gate.promise });
  for (const lane of Object.values(runners)) {
    const ended = (why: string) => (stopping ? undefined : parts.onFatal(why));
    lane.runner.promise.then(
      () => ended("a runner ended"),
      () => ended("a runner failed"),
    );
  }
  gate.resolve();
  const stopRounds = startRounds(upkeepRounds(parts, workerId));
  log().info({ "event.action": "worker.started", workerId, concurrency: parts.concurrency }, "worker started");
  return {
    workerId,
    stop: async () => {
      stopping = true;
      await Promise.all([
        stopRounds(),
        ...lanes.map((lane) =>
          stopLane({ lane: runners[lane], controller: controllers[lane], graceMs: graceMs[lane] }),
        ),
      ]);
      await registration.close();
      log().info({ "event.action": "worker.stopped", workerId }, "worker stopped");
    },
    abandon: () => {
      stopping = true;
      for (const lane of lanes) controllers[lane].abort(new Error("this worker lost its jobs"));
    },
  };
};
