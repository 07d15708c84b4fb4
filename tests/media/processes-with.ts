import { readdir, readFile, readlink } from "node:fs/promises";

/** What a process tells of itself; empty when it is gone or not ours to ask. */
const told = (id: string, what: "cmdline" | "cwd"): Promise<string> =>
  (what === "cwd" ? readlink(`/proc/${id}/cwd`) : readFile(`/proc/${id}/cmdline`, "utf8")).catch(() => "");

/** Ids of living processes that name a folder in their command line or work in it. */
export const processesWith = async (folderName: string): Promise<string[]> => {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const texts = await Promise.all(ids.map(async (id) => `${await told(id, "cmdline")} ${await told(id, "cwd")}`));
  return ids.filter((_, index) => texts[index]?.includes(folderName));
};

/** Most memory that a process has held so far, in bytes; 0 when it is gone. */
export const peakMemory = async (id: string): Promise<number> => {
  const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
};
