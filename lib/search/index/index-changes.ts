import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  deleteChanges,
  forgetBuild,
  listChanges,
  lockEngine,
  postponeChange,
  type SearchChange,
} from "#lib/db/queries/search/changes.ts";
import { listChannelSources } from "#lib/db/queries/search/sources.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log.ts";
import { refreshCues } from "#lib/search/cues/refresh-cues.ts";
import type { IndexTarget } from "#lib/search/engine.ts";
import { readDocuments } from "#lib/search/index/read-documents.ts";

/** Changes that are brought over together. */
const batchSize = 50;

type Bringing = { engine: IndexTarget; signal: AbortSignal };

const subjectsOf = (changes: readonly SearchChange[], kind: SearchChange["kind"]): string[] => [
  ...new Set(changes.filter((change) => change.kind === kind).map(({ subjectId }) => subjectId)),
];

/** Has an engine know videos as the tables say they are now. The caller holds the engine's lock. */
export const bringVideos = async (
  tx: Tx,
  { engine, signal, videoIds }: Bringing & { videoIds: readonly string[] },
): Promise<void> => {
  if (videoIds.length === 0) return;
  await refreshCues({ videoIds, signal });
  const documents = await readDocuments(tx, videoIds);
  const found = new Set(documents.map(({ videoId }) => videoId));
  const gone = videoIds.filter((videoId) => !found.has(videoId));
  // What may not be found any more goes first.
  if (gone.length > 0) await engine.remove(gone);
  if (documents.length > 0) await engine.index(documents);
};

/** The same for channels. */
export const bringChannels = async (
  tx: Tx,
  { engine, channelIds }: { engine: IndexTarget; channelIds: readonly string[] },
): Promise<void> => {
  if (channelIds.length === 0) return;
  const channels = await listChannelSources(tx, channelIds);
  const found = new Set(channels.map(({ channelId }) => channelId));
  const gone = channelIds.filter((channelId) => !found.has(channelId));
  if (gone.length > 0) await engine.removeChannels(gone);
  if (channels.length > 0) await engine.indexChannels(channels);
};

const bring = async (tx: Tx, input: Bringing & { changes: readonly SearchChange[] }): Promise<void> => {
  const { changes, ...bringing } = input;
  await bringVideos(tx, { ...bringing, videoIds: subjectsOf(changes, "video") });
  await bringChannels(tx, { engine: bringing.engine, channelIds: subjectsOf(changes, "channel") });
  await deleteChanges(
    tx,
    changes.map(({ id }) => id),
  );
};

/** Brings over whatever waits by now, batch by batch. The caller holds the engine's lock. */
export const bringAllChanges = async (tx: Tx, bringing: Bringing): Promise<void> => {
  for (;;) {
    const changes = await listChanges(tx, { engine: bringing.engine.name, limit: batchSize });
    if (changes.length === 0) return;
    await bring(tx, { ...bringing, changes });
  }
};

/** Brings one batch over, or its first `limit` changes. Gives how many those were. */
const bringBatch = ({ engine, signal, limit }: Bringing & { limit: number }): Promise<number> =>
  transaction(async (tx) => {
    // Whoever reads later also writes later, so no engine is left with the older of two states.
    await lockEngine(tx, engine.name);
    const changes = await listChanges(tx, { engine: engine.name, limit });
    if (changes.length > 0) await bring(tx, { engine, signal, changes });
    return changes.length;
  });

const postponeFirst = (engine: IndexTarget): Promise<void> =>
  transaction(async (tx) => {
    await lockEngine(tx, engine.name);
    const [change] = await listChanges(tx, { engine: engine.name, limit: 1 });
    if (change !== undefined) await postponeChange(tx, { engine: engine.name, change });
  });

/** Whether a fault is the engine's, not one of what it was given: then all changes wait. */
const isAway = async (engine: IndexTarget, error: unknown): Promise<boolean> => {
  if (error instanceof AppError && error.code === "gone") {
    log().error({ "event.action": "search.index_gone", engine: engine.name, err: error }, "an index is lost");
    await forgetBuild(db(), engine.name);
    return true;
  }
  return (error instanceof AppError && error.code === "unavailable") || !(await engine.health());
};

/** Each change of a failed batch by itself: what fails alone goes behind the others, and the first fault is thrown. */
const bringOneByOne = async ({ engine, signal }: Bringing): Promise<void> => {
  const faults: unknown[] = [];
  for (let at = 0; at < batchSize; at += 1) {
    signal.throwIfAborted();
    try {
      if ((await bringBatch({ engine, signal, limit: 1 })) === 0) break;
    } catch (error) {
      signal.throwIfAborted();
      faults.push(error);
      await postponeFirst(engine);
    }
  }
  if (faults.length > 0) throw faults[0];
};

/**
 * Brings an engine up to all that changed, batch by batch; gives how many changes those were. Any number of processes may do
 * it at once. Changes stay until the engine has taken them: one that cannot be reached gets them later, and one that has lost
 * its index after it was made anew. Throws when `signal` aborts, and for the first of what could not be brought; the rest is
 * brought all the same.
 */
export const indexChanges = async ({ engine, signal }: Bringing): Promise<number> => {
  let brought = 0;
  for (;;) {
    signal.throwIfAborted();
    // A look without a lock: nearly always there is nothing.
    if ((await listChanges(db(), { engine: engine.name, limit: 1 })).length === 0) return brought;
    if (!(await engine.health())) return brought;
    try {
      brought += await bringBatch({ engine, signal, limit: batchSize });
    } catch (error) {
      signal.throwIfAborted();
      if (await isAway(engine, error)) return brought;
      log().warn({ "event.action": "search.batch_failed", engine: engine.name, err: error }, "indexing one by one");
      await bringOneByOne({ engine, signal });
    }
  }
};
