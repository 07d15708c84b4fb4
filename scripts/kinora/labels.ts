import { env } from "#lib/env.ts";
import { queueMissingLooks } from "#lib/labels/queue-look.ts";
import { type Command, UsageError } from "#scripts/kinora/command.ts";
import { withDatabase } from "#scripts/kinora/with-database.ts";

/** Suggested tags from the command line. */
export const labelsCommand: Command = {
  help: `kinora labels look
    Has the worker look at the stills of every ready video that has no suggested tags yet, when there is nothing else to do.`,
  run: async ([action]) => {
    if (action !== "look") throw new UsageError("Say what to do: labels look; see --help.");
    if (!env().labels) {
      console.error("Looks are switched off (LABELS=off).");
      return 1;
    }
    const stopper = new AbortController();
    process.once("SIGINT", () => stopper.abort(new Error("stopped")));
    const queued = await withDatabase(() => queueMissingLooks({ signal: stopper.signal }));
    console.log(`${queued} videos wait for a look.`);
    return 0;
  },
};
