import { join } from "node:path";
import { env } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import type { ScratchLimits } from "#worker/supervision/scratch-space.ts";
import { createWorkspace, type Workspace } from "#worker/supervision/workspace.ts";

/** A workspace in the test's own data folder, as a worker of that id has it; with all room unless told otherwise. */
export const testWorkspace = (
  changes: Partial<ScratchLimits> & { workerId?: string; store?: ReturnType<typeof objectStore> } = {},
): Workspace => {
  const { workerId = newId(), store = objectStore(), ...limits } = changes;
  const scratchRoot = join(env().dataDir, "scratch");
  return createWorkspace({ store, scratchRoot, workerId, limits: { floorBytes: 0, maxBytes: null, ...limits } });
};
