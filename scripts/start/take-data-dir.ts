import { realpath } from "node:fs/promises";
import { LaunchError } from "#scripts/start/launch-error.ts";
import { type MachineLock, tryMachineLock } from "#scripts/start/machine-lock.ts";
import { readLiveRecord, removeRecord, writeRecord } from "#scripts/start/process-record.ts";

const launcherName = "launcher";

/**
 * Takes the data folder for this process. Throws `LaunchError` when another launcher has it; one that was killed holds
 * nothing.
 */
export const takeDataDir = async (dataDir: string): Promise<MachineLock> => {
  const lock = await tryMachineLock(`data:${await realpath(dataDir)}`);
  const holder = await readLiveRecord(dataDir, launcherName);
  if (lock === null || (holder !== null && holder.pid !== process.pid)) {
    await lock?.release();
    const who = holder === null ? "another process" : `process ${holder.pid}`;
    throw new LaunchError(`Kinora already runs on the data folder ${dataDir} (${who}); stop it first or set DATA_DIR.`);
  }
  await writeRecord({ dataDir, name: launcherName, pid: process.pid });
  return {
    release: async () => {
      await removeRecord(dataDir, launcherName);
      await lock.release();
    },
  };
};
