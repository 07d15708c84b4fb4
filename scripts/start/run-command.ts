import { spawn } from "node:child_process";

/** How a command ended. `code` is null when it could not be started or a signal ended it. */
export type CommandResult = { code: number | null; stdout: string; stderr: string };

/** A command and how to run it. */
export type RunCommand = {
  command: string;
  args: readonly string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  signal?: AbortSignal;
};

/** Runs a command to its end and hands back what it said. Never throws for a failing or missing command. */
export const runCommand = ({ command, args, ...options }: RunCommand): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = spawn(command, [...args], { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.once("error", (error) => resolve({ code: null, stdout, stderr: `${stderr}${error.message}` }));
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
