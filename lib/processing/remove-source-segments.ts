import { type DbOrTx, db, type Tx } from "#lib/db/client.ts";
import { getRun, type RunRow } from "#lib/db/queries/runs/runs.ts";
import { renditionsOfRuns } from "#lib/db/queries/videos/videos.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { Plan } from "#lib/media/plan/plan.ts";
import { knownPlan } from "#lib/processing/known-plan.ts";
import { sourceGraceSeconds } from "#lib/processing/source-grace.ts";
import { objectStore } from "#lib/storage/index.ts";
import { runPrefix } from "#lib/storage/keys.ts";
import { measureRun } from "#lib/usage/measure-run.ts";

/** Tracks of the source that only served until encoded rungs were there: nothing of a rung that the published run offers. */
const passingTracks = async (tx: DbOrTx, runId: string, { source }: Plan): Promise<string[]> => {
  const tracks = source === null ? [] : [source.video, ...source.audio].map(({ rendition }) => rendition);
  const offered = await renditionsOfRuns(tx, [runId]);
  // Packaged sound that the other rungs share stays.
  return offered.some(({ name }) => name === source?.video.rendition)
    ? []
    : tracks.filter((rendition) => rendition.startsWith("source"));
};

/** Queues the removal of what was packaged of a source that does not stay, in the transaction of the flip; after its renditions are written. */
export const enqueueSourceRemoval = async (tx: Tx, run: RunRow): Promise<void> => {
  const plan = knownPlan(run.plan);
  if (plan === null || (await passingTracks(tx, run.id, plan)).length === 0) return;
  const ids = { videoId: run.videoId, runId: run.id };
  const runAt = new Date(Date.now() + sourceGraceSeconds * 1000);
  await enqueue(tx, "processing/remove-source-segments", ids, { key: `remove-source:${run.id}`, runAt, priority: 10 });
};

/** Removes it. Repeating it is fine, and so is a run that has gone meanwhile. */
export const removeSourceSegments = async (ids: { videoId: string; runId: string }): Promise<void> => {
  const plan = knownPlan((await getRun(db(), ids.runId))?.plan ?? null);
  if (plan === null) return;
  const passing = await passingTracks(db(), ids.runId, plan);
  for (const rendition of passing) await objectStore().removePrefix(`${runPrefix(ids)}${rendition}/`);
  if (passing.length > 0) await measureRun(ids);
};
