import { LaunchError } from "#scripts/start/launch-error.ts";

/** A command of `kinora`: its help text, and its work, which gives the exit code. */
export type Command = { help: string; run: (args: readonly string[]) => Promise<number> };

/** A wrong call, told with the help that applies. */
export class UsageError extends LaunchError {}

/** The value, or a `UsageError` that says what is missing. */
export const required = (value: string | undefined, what: string): string => {
  if (value === undefined || value === "") throw new UsageError(`${what} is missing; see --help.`);
  return value;
};
