import { db } from "#lib/db/client.ts";
import { isRunSwept } from "#lib/db/queries/runs/runs.ts";
import { log } from "#lib/log.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import { closePackaging, packageSegment } from "#lib/packaging/index.ts";
import { createSegmentMaker, type SegmentMaker } from "#lib/playback/segment-maker.ts";
import { runRemovalKey } from "#lib/processing/remove-run-files.ts";
import { objectStore } from "#lib/storage/index.ts";
import { countRequestedSegment } from "#lib/usage/count-requested-segment.ts";

type MakerGlobals = { kinoraSegments?: SegmentMaker; kinoraForeseen?: Set<string> };
// Next bundles routes and its start apart; what is shared between them lives on globalThis.
const globals = globalThis as typeof globalThis & MakerGlobals;

const foreseeingMs = 20_000;

/** The process's segment maker. One thread packages, so a few at once keep it busy while others are being stored. */
export const segmentMaker = (): SegmentMaker => {
  globals.kinoraSegments ??= createSegmentMaker({
    store: objectStore(),
    packageSegment,
    isSwept: (runId) => isRunSwept(db(), { runId, removalKey: runRemovalKey(runId) }),
    counted: countRequestedSegment,
    atOnce: 4,
    maxWaiting: 100,
  });
  return globals.kinoraSegments;
};

/** Runs whose tracks were opened ahead of late; an older one is opened by its next question at the latest. */
const maxForeseen = 64;

/**
 * Opens the source's picture and first sound while a player still reads the playlists that lead there: the index of a
 * film of two hours takes a quarter of a second. Done once for each of the latest runs; returns at once.
 */
export const foreseeSegments = (input: { runId: string; sourceKey: string; rung: SourceRung }): void => {
  const { runId, sourceKey, rung } = input;
  globals.kinoraForeseen ??= new Set();
  const foreseen = globals.kinoraForeseen;
  if (foreseen.has(runId)) return;
  foreseen.add(runId);
  for (const oldest of foreseen) if (foreseen.size > maxForeseen) foreseen.delete(oldest);
  const open = async () => {
    const source = { key: sourceKey };
    for (const { rendition } of [rung.video, ...rung.audio.slice(0, 1)]) {
      await packageSegment({ source, rung, rendition, index: "init", signal: AbortSignal.timeout(foreseeingMs) });
    }
  };
  open().catch((error: unknown) => {
    // Whoever asks for a segment is told what is wrong.
    log().info({ "event.action": "source.not_opened", runId, err: error }, "a source could not be opened ahead");
  });
};

/** Ends packaging in this process: called once at shutdown. */
export const stopPackagingOnRequest = async (): Promise<void> => {
  const maker = globals.kinoraSegments;
  delete globals.kinoraSegments;
  await maker?.close();
  await closePackaging();
};
