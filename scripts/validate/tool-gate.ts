import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { projectRoot } from "#scripts/start/project.ts";
import { type CommandResult, runCommand } from "#scripts/start/run-command.ts";
import type { Gate } from "#scripts/validate/gate.ts";

const manifestSchema = z.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) });

/**
 * Path of a package's program. Read from its manifest, because the links in `.bin` would run it with the machine's Node
 * instead of the pinned one. Throws when the package has no such program.
 */
export const toolPath = async ({ packageName, program }: { packageName: string; program: string }): Promise<string> => {
  const manifest = join(projectRoot, "node_modules", packageName, "package.json");
  const { bin } = manifestSchema.parse(JSON.parse(await readFile(manifest, "utf8")));
  const path = typeof bin === "string" ? bin : bin[program];
  if (path === undefined) throw new Error(`${packageName} has no program ${program}.`);
  return join(dirname(manifest), path);
};

/** A package's program and its arguments. */
export type RunTool = { packageName: string; program: string; args: readonly string[]; env?: NodeJS.ProcessEnv };

/** Runs a package's program with this very Node, in the project's folder. */
export const runTool = async ({ packageName, program, args, env }: RunTool): Promise<CommandResult> =>
  runCommand({
    command: process.execPath,
    args: [await toolPath({ packageName, program }), ...args],
    cwd: projectRoot,
    ...(env === undefined ? {} : { env }),
  });

/** A gate that lets through when a package's program ends with code 0. */
export const toolGate = ({ name, ...tool }: RunTool & { name: string }): Gate => ({
  name,
  run: async () => {
    const { code, stdout, stderr } = await runTool(tool);
    return { ok: code === 0, output: `${stdout}${stderr}` };
  },
});
