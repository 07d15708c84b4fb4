import { readdir, readFile } from "node:fs/promises";

const commandLine = async (pid: string): Promise<string> => {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  } catch (error) {
    // It ended while we looked.
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return "";
    throw error;
  }
};

/**
 * Processes whose command line names both ffmpeg and this folder, wrappers (setpriv, bwrap, nice) included. Reads /proc.
 */
export const ffmpegProcesses = async (folder: string): Promise<{ pid: number; command: string }[]> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => ({ pid: Number(pid), command: await commandLine(pid) })));
  return found.filter(({ command }) => command.includes("ffmpeg") && command.includes(folder));
};
