import { sweepAvatars } from "#lib/accounts/avatar/sweep-avatars.ts";
import { task } from "#worker/tasks/task.ts";

/** Removes pictures of an account that it neither shows nor has made from. */
export const sweepAvatarsTask = task("accounts/sweep-avatars", sweepAvatars);
