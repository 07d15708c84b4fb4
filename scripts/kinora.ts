import { AppError } from "#lib/errors.ts";
import type { Command } from "#scripts/kinora/command.ts";
import { demoCommand } from "#scripts/kinora/demo.ts";
import { doctorCommand } from "#scripts/kinora/doctor.ts";
import { jobsCommand } from "#scripts/kinora/jobs.ts";
import { keysCommand } from "#scripts/kinora/keys.ts";
import { labelsCommand } from "#scripts/kinora/labels.ts";
import { searchCommand } from "#scripts/kinora/search.ts";
import { uploadCommand } from "#scripts/kinora/upload.ts";
import { userCommand } from "#scripts/kinora/user.ts";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { main } from "#scripts/start/main.ts";

const commands: Record<string, Command> = {
  doctor: doctorCommand,
  user: userCommand,
  keys: keysCommand,
  upload: uploadCommand,
  jobs: jobsCommand,
  search: searchCommand,
  labels: labelsCommand,
  demo: demoCommand,
};

const allHelp = () =>
  [
    "The command line of Kinora; called as npm run kinora -- <command>.",
    ...Object.values(commands).map(({ help }) => help),
  ].join("\n\n");

/** `parseArgs` throws TypeErrors with codes of its own for what was typed wrongly. */
const isArgumentFault = (error: unknown): error is Error =>
  error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

await main(async () => {
  const [name = "--help", ...rest] = process.argv.slice(2);
  const command = commands[name];
  if (name === "--help" || name === "help") {
    console.log(allHelp());
    return 0;
  }
  if (command === undefined) throw new LaunchError(`There is no command ${name}.\n\n${allHelp()}`);
  if (rest.includes("--help")) {
    console.log(command.help);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (error instanceof AppError || isArgumentFault(error)) throw new LaunchError(error.message, { cause: error });
    throw error;
  }
});
