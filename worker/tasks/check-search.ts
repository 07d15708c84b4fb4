import { checkSearch } from "#lib/search/index/check-index.ts";
import { task } from "#worker/tasks/task.ts";

/** Compares the search indexes with the tables. */
export const checkSearchTask = task("search/check", (_payload, { signal }) => checkSearch({ signal }));
