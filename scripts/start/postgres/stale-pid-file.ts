import { readFile, readlink, rm } from "node:fs/promises";
import { join } from "node:path";
import { endProcess } from "#scripts/start/end-process.ts";
import { processIdentity } from "#scripts/start/process-identity.ts";

/** First line of postmaster.pid, or null when the text is none. */
export const postmasterPid = (text: string): number | null => {
  const pid = Number(text.split("\n")[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
};

const servesCluster = async (pid: number, clusterDir: string) => {
  // The server makes its data folder its working folder, which tells it from any later process with that number.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (cwd !== null) return cwd === clusterDir;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.includes(clusterDir);
};

/**
 * Clears what a killed server left in its data folder: a server of this very folder that still runs is stopped, and a pid
 * file that now names a stranger, which would keep the next server from starting, is removed.
 */
export const clearStaleServer = async (clusterDir: string): Promise<void> => {
  const file = join(clusterDir, "postmaster.pid");
  const pid = postmasterPid(await readFile(file, "utf8").catch(() => ""));
  if (pid === null) return;
  const running = await processIdentity(pid);
  if (running !== null && (await servesCluster(pid, clusterDir))) {
    await endProcess({ process: running, signal: "SIGINT", graceMs: 20_000, group: false });
  }
  // A server that ended in order has removed it already.
  await rm(file, { force: true });
};
