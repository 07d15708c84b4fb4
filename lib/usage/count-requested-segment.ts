import { transaction } from "#lib/db/client.ts";
import { growRunAsset, lockRunBytes } from "#lib/db/queries/videos/assets.ts";

/**
 * Does `put`, which stores a segment that somebody asked for, and counts the bytes it says it has added. No measuring of
 * the run sees the file without its count. Throws what `put` and the database throw.
 */
export const countRequestedSegment = (runId: string, put: () => Promise<number>): Promise<void> =>
  transaction(async (tx) => {
    await lockRunBytes(tx, { runId, how: "shared" });
    await growRunAsset(tx, { runId, bytes: await put() });
  });
