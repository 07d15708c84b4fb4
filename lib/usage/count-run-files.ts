import type { Tx } from "#lib/db/client.ts";
import { growRunAsset, insertAssets } from "#lib/db/queries/videos/assets.ts";
import { runPrefix } from "#lib/storage/keys.ts";

/** Files that a run has put into the object store just now and that were not there before. */
export type CountRunFiles = {
  run: { id: string; videoId: string };
  put: readonly { key: string; sizeBytes: number }[];
};

/**
 * Counts what a run has stored, in the transaction that makes it known. What lies under the run's prefix goes and comes
 * with the run; captions lie beside all runs and count on their own.
 */
export const countRunFiles = async (tx: Tx, { run, put }: CountRunFiles): Promise<void> => {
  const { id: runId, videoId } = run;
  const prefix = runPrefix({ videoId, runId });
  const own = put.filter(({ key }) => key.startsWith(prefix));
  const beside = put.filter(({ key }) => !key.startsWith(prefix));
  await growRunAsset(tx, { runId, bytes: own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) });
  await insertAssets(
    tx,
    beside.map((file) => ({ ...file, videoId, runId: null, kind: "caption" as const, contentType: "text/vtt" })),
  );
};
