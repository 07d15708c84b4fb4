import { hashOriginal } from "#lib/uploads/hash-original.ts";
import { task } from "#worker/tasks/task.ts";

/** Makes the sha256 of a kept original. */
export const hashOriginalTask = task("uploads/hash-original", ({ uploadId }, { signal }) =>
  hashOriginal({ uploadId, signal }),
);
