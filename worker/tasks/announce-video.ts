import { announceVideo } from "#lib/library/announce-video.ts";
import { task } from "#worker/tasks/task.ts";

/** Tells a batch of subscribers of a new video. */
export const announceVideoTask = task("library/announce-video", (payload) => announceVideo(payload));
