import { removeAccount } from "#lib/accounts/leaving/remove-account.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes an account whose grace time is over. */
export const removeAccountTask = task("accounts/remove", ({ userId }, { signal }) => removeAccount({ userId, signal }));
