import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "#lib/storage/file-fault.ts";

/** A write that takes longer than a day is dead: every caller gives up long before. */
const maxAgeMs = 24 * 3600 * 1000;

/** Half-written objects of the file store. Its leading dot keeps the folder out of every key. */
export const temporaryFolder = ".tmp";

const names = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

const isStale = async (path: string, now: Date): Promise<boolean> => {
  try {
    return now.getTime() - (await stat(path)).mtimeMs > maxAgeMs;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

/** Removes what writes left behind that died with their process. Returns how many files went. */
export const removeStaleTemporaries = async ({ root, now }: { root: string; now: Date }): Promise<number> => {
  const folder = join(root, temporaryFolder);
  let removed = 0;
  for (const name of await names(folder)) {
    const path = join(folder, name);
    if (!(await isStale(path, now))) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
};
