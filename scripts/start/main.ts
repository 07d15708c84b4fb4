import { EnvError } from "#lib/env.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";

/**
 * Runs a script's work and ends the process with its exit code: 0, what `work` returns, or 1 after a fault. Faults that
 * the operator can mend are told as sentences; anything else with its stack, because it is ours.
 */
export const main = async (work: () => Promise<number | undefined>): Promise<void> => {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (error instanceof LaunchError || error instanceof EnvError) console.error(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
};
