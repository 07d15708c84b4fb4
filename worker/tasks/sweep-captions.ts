import { sweepCaptions } from "#lib/captions/sweep-captions.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes caption files that nothing names any more. */
export const sweepCaptionsTask = task("captions/sweep", ({ videoId }, { signal }) =>
  sweepCaptions({ videoId, signal }),
);
