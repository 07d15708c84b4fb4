import { makeExport } from "#lib/accounts/leaving/export-data.ts";
import { task } from "#worker/tasks/task.ts";

/** Makes the file with all that is kept of an account. */
export const exportAccountTask = task("accounts/export", ({ exportId }, { signal }) =>
  makeExport({ exportId, signal }),
);
