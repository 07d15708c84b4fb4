import { removePoster } from "#lib/videos/remove-poster.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes a chosen poster that was replaced. */
export const removePosterTask = task("videos/remove-poster", ({ videoId, key }) => removePoster({ videoId, key }));
