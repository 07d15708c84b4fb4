import { db } from "#lib/db/client.ts";
import { isRunSwept } from "#lib/db/queries/runs.ts";
import { closePackaging, packageSegment } from "#lib/packaging/index.ts";
import { createSegmentMaker, type SegmentMaker } from "#lib/playback/segment-maker.ts";
import { runRemovalKey } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";

type MakerGlobals = { kinoraSegments?: SegmentMaker };
// Next bundles routes and its start apart; what is shared between them lives on globalThis.
const globals = globalThis as typeof globalThis & MakerGlobals;

/** The process's segment maker. One thread packages, so a few at once keep it busy while others are being stored. */
export const segmentMaker = (): SegmentMaker => {
  globals.kinoraSegments ??= createSegmentMaker({
    store: objectStore(),
    packageSegment,
    isSwept: (runId) => isRunSwept(db(), { runId, removalKey: runRemovalKey(runId) }),
    atOnce: 4,
    maxWaiting: 100,
  });
  return globals.kinoraSegments;
};

/** Ends packaging in this process: called once at shutdown. */
export const stopPackagingOnRequest = async (): Promise<void> => {
  const maker = globals.kinoraSegments;
  delete globals.kinoraSegments;
  await maker?.close();
  await closePackaging();
};
