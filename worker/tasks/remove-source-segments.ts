import { removeSourceSegments } from "#lib/processing/remove-source-segments.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes what was packaged of a source that does not stay. */
export const removeSourceSegmentsTask = task("processing/remove-source-segments", ({ videoId, runId }) =>
  removeSourceSegments({ videoId, runId }),
);
