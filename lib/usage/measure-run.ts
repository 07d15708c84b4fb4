import { type Tx, transaction } from "#lib/db/client.ts";
import { lockRunBytes, measureRunAsset } from "#lib/db/queries/videos/assets.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { storedBytesUnder } from "#lib/usage/stored-bytes.ts";

/** Workers let go of an ended run within two seconds; what they put until then is found too. */
const settledMs = 5_000;

/**
 * Queues a look at what a run has stored: where an attempt may have left files that nobody counted. In the transaction
 * that ends the run or lets the attempt go.
 */
export const enqueueRunMeasure = (tx: Tx, run: { id: string; videoId: string }): Promise<void> =>
  enqueue(
    tx,
    "usage/measure-run",
    { videoId: run.videoId, runId: run.id },
    { key: `measure-run:${run.id}`, runAt: new Date(Date.now() + settledMs), priority: 10 },
  );

/** Like `measureRun`, in the caller's transaction. Returns by how many bytes the ledger was wrong. */
export const measureRunIn = async (tx: Tx, { videoId, runId }: { videoId: string; runId: string }): Promise<number> => {
  const prefix = runPrefix({ videoId, runId });
  await lockRunBytes(tx, { runId, how: "exclusive" });
  return measureRunAsset(tx, { runId, prefix, foundBytes: await storedBytesUnder(prefix) });
};

/** Sets what counts for a run to what lies under its prefix. Repeating it is fine, and so is a run that has gone. */
export const measureRun = (run: { videoId: string; runId: string }): Promise<void> =>
  transaction(async (tx) => {
    const { runId } = run;
    const change = await measureRunIn(tx, run);
    if (change !== 0)
      log().info({ "event.action": "usage.run_measured", runId, change }, "a run's bytes were put right");
  });
