import { rollUp } from "#lib/analytics/roll-up.ts";
import { task } from "#worker/tasks/task.ts";

/** Sums up what players reported. */
export const rollUpTask = task("analytics/roll-up", (_payload, { signal }) => rollUp({ signal }));
