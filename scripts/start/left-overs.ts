import { endProcess } from "#scripts/start/end-process.ts";
import { readLiveRecord, removeRecord } from "#scripts/start/process-record.ts";

const endingOrder = ["web", "worker", "postgres"] as const;

/**
 * Ends what a killed launcher left running in this data folder: exactly the recorded processes, in the order web, worker,
 * PostgreSQL. Returns the names of those that still ran. To be called while holding the data folder's lock.
 */
export const endLeftOvers = async (dataDir: string): Promise<readonly string[]> => {
  const ended: string[] = [];
  for (const name of endingOrder) {
    const record = await readLiveRecord(dataDir, name);
    if (record === null) {
      await removeRecord(dataDir, name);
      continue;
    }
    const signal = name === "postgres" ? "SIGINT" : "SIGTERM";
    await endProcess({ process: record, signal, graceMs: 15_000, group: name !== "postgres" });
    await removeRecord(dataDir, name);
    ended.push(name);
  }
  return ended;
};
