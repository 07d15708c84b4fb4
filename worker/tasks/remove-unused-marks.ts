import { removeUnusedImages } from "#lib/watermarks/remove-unused-images.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes images of a mark that nobody needs any more. */
export const removeUnusedMarksTask = task("watermarks/remove-unused", ({ watermarkId }) =>
  removeUnusedImages({ watermarkId }),
);
