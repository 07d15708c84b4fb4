import { join } from "node:path";
import { db } from "#lib/db/client.ts";
import { listPresentWorkerIds } from "#lib/db/queries/runs/workers.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { createScratchSpace, type ScratchLimits } from "#worker/supervision/scratch-space.ts";
import { createSourceCache, sourcesFolder } from "#worker/supervision/source-cache.ts";

/** Bytes of originals that a worker keeps at hand when its storage is not a folder: a few long films. */
const sourceCacheBytes = 20 * 1024 ** 3;

/** What one piece of work needs before it may begin. */
export type RoomNeed = {
  /** The original it reads; null when it reads none. */
  sourceKey: string | null;
  /** Name of its own scratch folder. */
  folder: string;
  /** Most that it writes there. */
  bytes: number;
};

/** Room that was reserved for one piece of work. */
export type Room = {
  /** Its own folder, not made yet. */
  scratchDir: string;
  /** A local path of the original, once it is there; throws as `HeldSource` does. */
  sourcePath: (signal: AbortSignal) => Promise<string>;
  leave: () => Promise<void>;
};

/** A worker's scratch disk and copies of originals. */
export type Workspace = {
  /** Reserves all that a piece of work needs; null when the disk has not as much now. Must be left. */
  enter: (need: RoomNeed) => Promise<Room | null>;
  /** How long work that found no room waits until it asks again. */
  retryMs: number;
};

/** The workspace of one worker under `scratchRoot`, which all workers of the machine may share. */
export const createWorkspace = (input: {
  store: ObjectStore;
  scratchRoot: string;
  workerId: string;
  limits: ScratchLimits;
  retryMs?: number;
}): Workspace => {
  const { store, scratchRoot: root, workerId, limits, retryMs = 10_000 } = input;
  const presentWorkers = () => listPresentWorkerIds(db());
  const space = createScratchSpace({ root, workerId, limits, presentWorkers });
  const folder = join(root, sourcesFolder(workerId));
  const sources = createSourceCache({ store, folder, maxBytes: sourceCacheBytes, space });

  const reserve = async (wanted: { path: string; bytes: number }) => {
    const reservation = await space.reserve(wanted);
    if (reservation !== null) return reservation;
    // Copies that nobody reads are only kept because there was room.
    await sources.shed();
    return space.reserve(wanted);
  };

  const enter = async ({ sourceKey, folder: name, bytes }: RoomNeed): Promise<Room | null> => {
    const scratchDir = join(root, name);
    const source = sourceKey === null ? null : await sources.hold(sourceKey);
    if (source === null && sourceKey !== null) return null;
    const release = async () => source?.release();
    const reservation = await reserve({ path: scratchDir, bytes }).catch(async (error: unknown) => {
      await release();
      throw error;
    });
    if (reservation === null) {
      await release();
      return null;
    }
    return {
      scratchDir,
      sourcePath: async (signal) => source?.path(signal) ?? join(scratchDir, "source"),
      leave: async () => {
        await reservation.release();
        await release();
      },
    };
  };
  return { enter, retryMs };
};
