import { measureRun } from "#lib/usage/measure-run.ts";
import { task } from "#worker/tasks/task.ts";

/** Puts right what counts for a run whose attempts may have left files behind. */
export const measureRunTask = task("usage/measure-run", ({ videoId, runId }) => measureRun({ videoId, runId }));
