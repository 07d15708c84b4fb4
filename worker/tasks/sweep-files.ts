import { sweepFiles } from "#lib/videos/sweep-files.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes files of a video that nothing names any more. */
export const sweepFilesTask = task("videos/sweep-files", ({ videoId }, { signal }) => sweepFiles({ videoId, signal }));
