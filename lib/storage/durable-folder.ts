import { mkdir, open } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";

/** Makes the folder's entries (new names, renames) survive a power cut. */
export const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Creates a folder with all folders above it, so that they survive a power cut. Costs one call when it exists. */
export const createFolder = async (path: string): Promise<void> => {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  // A new folder lasts only once its parent's entries are on disk.
  const steps = relative(dirname(first), path).split(sep);
  let folder = dirname(first);
  for (const step of steps) {
    await syncFolder(folder);
    folder = resolve(folder, step);
  }
};
