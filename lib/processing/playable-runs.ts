import type { DbOrTx } from "#lib/db/client.ts";
import {
  listAvailable,
  listDonePictureKinds,
  listPlayableRuns,
  type PlayableRun,
} from "#lib/db/queries/videos/live-availability.ts";

/** A run that can be watched while it goes on. */
export type WatchableRun = {
  runId: string;
  /** How far a rung can be played from 0 on, in milliseconds; null once it is complete. */
  availableMs: (rendition: string) => number | null;
};

const watchable = (input: {
  run: PlayableRun;
  available: readonly { rendition: string; availableMs: number }[];
  doneKinds: ReadonlySet<string>;
}): WatchableRun => {
  const { run, available, doneKinds } = input;
  const upTo = new Map(available.map((row) => [row.rendition, row.availableMs]));
  const isComplete = (rendition: string) =>
    rendition === run.sourceRendition || doneKinds.has(rendition === run.previewRung ? "preview" : "encode");
  return {
    runId: run.runId,
    availableMs: (rendition) => (isComplete(rendition) ? null : (upTo.get(rendition) ?? 0)),
  };
};

/** Those of the videos' runs that can be watched while they go on, by video; three queries whatever their number. */
export const playableRunsOfVideos = async (
  tx: DbOrTx,
  videoIds: readonly string[],
): Promise<Map<string, WatchableRun>> => {
  const runs = await listPlayableRuns(tx, videoIds);
  const runIds = runs.map(({ runId }) => runId);
  const [available, done] = await Promise.all([listAvailable(tx, runIds), listDonePictureKinds(tx, runIds)]);
  const ofRun = <Row extends { runId: string }>(rows: readonly Row[], runId: string) =>
    rows.filter((row) => row.runId === runId);
  return new Map(
    runs.map((run) => [
      run.videoId,
      watchable({
        run,
        available: ofRun(available, run.runId),
        doneKinds: new Set(ofRun(done, run.runId).map(({ kind }) => kind)),
      }),
    ]),
  );
};
