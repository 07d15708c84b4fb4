import { type JobName, type JobPayload, jobs, type Lane } from "#lib/jobs/names.ts";

/** What a task's handler may use besides its payload. */
export type TaskContext = {
  /** Aborts when the worker must let go of the job. */
  signal: AbortSignal;
};

/** A job's handler, ready to be given to a runner: it takes the raw payload and parses it. */
export type WorkerTask = {
  name: JobName;
  lane: Lane;
  run: (payload: unknown, context: TaskContext) => Promise<void>;
};

/**
 * Binds a handler to a job: parses the payload (`ZodError` when it does not fit), calls the use-case, nothing else.
 */
export const task = <Name extends JobName>(
  name: Name,
  handler: (payload: JobPayload<Name>, context: TaskContext) => Promise<unknown>,
): WorkerTask => ({
  name,
  lane: jobs[name].lane,
  run: async (payload, context) => {
    // The compiler does not follow the name into the table: the payload's schema is the one of this very job.
    await handler(jobs[name].payload.parse(payload) as JobPayload<Name>, context);
  },
});
