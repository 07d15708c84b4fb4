import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { dataPaths } from "#scripts/start/data-dir.ts";
import { isAlive, processIdentity } from "#scripts/start/process-identity.ts";

const recordSchema = z.object({
  name: z.string(),
  pid: z.int().positive(),
  startedAt: z.string(),
  port: z.int().optional(),
});

/** What a data folder remembers of a process of its site, so that the next start finds exactly it. */
export type ProcessRecord = z.output<typeof recordSchema>;

const pathOf = (dataDir: string, name: string) => join(dataPaths(dataDir).runDir, `${name}.json`);

/** Notes that `pid` runs as `name` in this data folder. Does nothing when the process is gone already. */
export const writeRecord = async ({ dataDir, name, pid, port }: WriteRecord): Promise<void> => {
  const identity = await processIdentity(pid);
  if (identity === null) return;
  const path = pathOf(dataDir, name);
  const record: ProcessRecord = { name, ...identity, ...(port === undefined ? {} : { port }) };
  await writeFile(`${path}.part`, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  await rename(`${path}.part`, path);
};

/** What `writeRecord` notes. */
export type WriteRecord = { dataDir: string; name: string; pid: number; port?: number };

/** The record of `name`, or null when there is none or it is unreadable. */
export const readRecord = async (dataDir: string, name: string): Promise<ProcessRecord | null> => {
  const text = await readFile(pathOf(dataDir, name), "utf8").catch(() => "null");
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    // A record cut short by a power cut tells nothing; its process did not survive that either.
    return null;
  }
};

/** The record of `name` when exactly that process still runs, else null. */
export const readLiveRecord = async (dataDir: string, name: string): Promise<ProcessRecord | null> => {
  const record = await readRecord(dataDir, name);
  return record !== null && (await isAlive(record)) ? record : null;
};

/** Forgets the record of `name`. */
export const removeRecord = (dataDir: string, name: string): Promise<void> =>
  rm(pathOf(dataDir, name), { force: true });
