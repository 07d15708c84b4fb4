import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { db } from "#lib/db/client.ts";
import { listLiveAttempts } from "#lib/db/queries/runs/stranded-steps.ts";
import { listPresentWorkerIds } from "#lib/db/queries/runs/workers.ts";
import { idSchema } from "#lib/ids.ts";
import { forgetDeadReservations } from "#worker/supervision/scratch-space.ts";
import { workerOfSources } from "#worker/supervision/source-cache.ts";

const folderNames = async (root: string): Promise<string[]> => {
  try {
    return await readdir(root);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
};

/**
 * Removes scratch folders whose attempt is no longer worked on, and copies of originals and reservations whose
 * worker is gone: what a killed worker left behind.
 */
export const removeDeadScratch = async ({ scratchRoot }: { scratchRoot: string }): Promise<void> => {
  const names = await folderNames(scratchRoot);
  const present = await listPresentWorkerIds(db());
  await forgetDeadReservations(scratchRoot, present);
  for (const name of names) {
    const owner = workerOfSources(name);
    if (owner !== null && !present.has(owner)) await rm(join(scratchRoot, name), { recursive: true, force: true });
  }
  const attemptIds = names.filter((name) => idSchema.safeParse(name).success);
  const live = await listLiveAttempts(db(), attemptIds);
  for (const attemptId of attemptIds) {
    if (!live.has(attemptId)) await rm(join(scratchRoot, attemptId), { recursive: true, force: true });
  }
};
