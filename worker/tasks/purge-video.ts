import { purgeVideo } from "#lib/videos/purge-video.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes a deleted video for good. */
export const purgeVideoTask = task("videos/purge", ({ videoId }, { signal }) => purgeVideo({ videoId, signal }));
