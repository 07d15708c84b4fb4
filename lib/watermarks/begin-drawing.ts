import type { Tx } from "#lib/db/client.ts";
import { updateWatermark, type WatermarkRow } from "#lib/db/queries/videos/watermarks.ts";
import { newId } from "#lib/ids.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

/** A removal looks a little later, so that whoever reads the old image right now is done. */
const removeAfterMs = 60_000;

/**
 * Begins a drawing of a mark: state and job commit together. The image before stays in use where it is wished for; a
 * drawing that is still going on is out of date from now on.
 */
export const beginDrawing = async (
  tx: Tx,
  input: { watermarkId: string; drawingId?: string; sentKey: string | null; design?: WatermarkRow["design"] },
): Promise<void> => {
  const { watermarkId, drawingId = newId(), sentKey, design } = input;
  await updateWatermark(tx, {
    watermarkId,
    changes: {
      ...{ state: "drawing", drawingId, sentKey, failureCode: null },
      ...(design === undefined ? {} : { design }),
    },
  });
  await enqueue(tx, "watermarks/draw", { watermarkId, drawingId }, { key: `draw-mark:${watermarkId}`, priority: -15 });
};

/** Queues the removal of what is left of a mark and wished for by nobody. */
export const enqueueUnusedRemoval = (tx: Tx, watermarkId: string): Promise<void> =>
  enqueue(
    tx,
    "watermarks/remove-unused",
    { watermarkId },
    { key: `unused-marks:${watermarkId}`, runAt: new Date(Date.now() + removeAfterMs), priority: 10 },
  );
