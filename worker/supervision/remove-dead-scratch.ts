import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { db } from "#lib/db/client.ts";
import { listLiveAttempts } from "#lib/db/queries/stranded-steps.ts";
import { idSchema } from "#lib/ids.ts";

const folderNames = async (root: string): Promise<string[]> => {
  try {
    return await readdir(root);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
};

/** Removes scratch folders whose attempt is no longer worked on: what a killed worker left behind. */
export const removeDeadScratch = async ({ scratchRoot }: { scratchRoot: string }): Promise<void> => {
  const attemptIds = (await folderNames(scratchRoot)).filter((name) => idSchema.safeParse(name).success);
  const live = await listLiveAttempts(db(), attemptIds);
  for (const attemptId of attemptIds) {
    if (!live.has(attemptId)) await rm(join(scratchRoot, attemptId), { recursive: true, force: true });
  }
};
