import { readFile } from "node:fs/promises";
import { platform } from "node:os";
import { runCommand } from "#scripts/start/run-command.ts";

/**
 * A process, told apart from any later one that gets the same number: `startedAt` is the kernel's start time (clock ticks
 * since boot with the boot's id on Linux, `ps`'s text elsewhere).
 */
export type ProcessIdentity = { pid: number; startedAt: string };

/**
 * Start time in a line of /proc/<pid>/stat (proc(5): field 22), or null when the line is malformed or the process is a
 * zombie, which runs no more. The name in field 2 may hold spaces and brackets, so fields are counted behind its last one.
 */
export const startTicks = (stat: string): string | null => {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return null;
  return fields[19] ?? null;
};

const readLinux = async (pid: number) => {
  try {
    const ticks = startTicks(await readFile(`/proc/${pid}/stat`, "utf8"));
    const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
    return ticks === null ? null : `${boot}:${ticks}`;
  } catch {
    // Gone between two looks, or never there.
    return null;
  }
};

const readElsewhere = async (pid: number) => {
  const { code, stdout } = await runCommand({ command: "ps", args: ["-o", "lstart=", "-p", String(pid)] });
  const text = stdout.trim();
  return code === 0 && text !== "" ? text : null;
};

/** The identity of the process that runs as `pid` now, or null when none does. */
export const processIdentity = async (pid: number): Promise<ProcessIdentity | null> => {
  const startedAt = platform() === "linux" ? await readLinux(pid) : await readElsewhere(pid);
  return startedAt === null ? null : { pid, startedAt };
};

/** Whether exactly this process still runs; a later one with the same number does not count. */
export const isAlive = async ({ pid, startedAt }: ProcessIdentity): Promise<boolean> =>
  (await processIdentity(pid))?.startedAt === startedAt;
