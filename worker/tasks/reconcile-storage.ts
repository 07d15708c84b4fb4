import { reconcileStorage } from "#lib/usage/reconcile-storage.ts";
import { task } from "#worker/tasks/task.ts";

/** Compares the ledger with the storage. */
export const reconcileStorageTask = task("usage/reconcile-storage", (_payload, { signal }) =>
  reconcileStorage({ signal }),
);
