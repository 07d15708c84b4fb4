import { removeRunFiles } from "#lib/processing/remove-run-files.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes the files of a run that nobody watches. */
export const removeRunFilesTask = task("processing/remove-run-files", ({ videoId, runId }) =>
  removeRunFiles({ videoId, runId }),
);
