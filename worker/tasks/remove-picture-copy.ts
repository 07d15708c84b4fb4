import { removePictureCopy } from "#lib/processing/remove-picture-copy.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes the copy that the chunks of a finished run were read from. */
export const removePictureCopyTask = task("processing/remove-picture-copy", ({ videoId, runId }) =>
  removePictureCopy({ videoId, runId }),
);
