import { db, type Tx, transaction } from "#lib/db/client.ts";
import {
  beginRebuildOf,
  dropDeadRebuilds,
  endRebuildOf,
  keepRebuild,
  lockEngine,
  noteEngine,
} from "#lib/db/queries/search/changes.ts";
import { listVideosWithUnreadCaptions } from "#lib/db/queries/search/cues.ts";
import { listChannelIds, listFindableIds } from "#lib/db/queries/search/sources.ts";
import { AppError } from "#lib/errors.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";
import { refreshCues } from "#lib/search/cues/refresh-cues.ts";
import type { IndexTarget, Rebuild, SearchEngine } from "#lib/search/engine.ts";
import { bringAllChanges, bringChannels, bringVideos, indexChanges } from "#lib/search/index/index-changes.ts";
import { pagesOf } from "#lib/search/index/pages-of.ts";

/** How much a rebuild has brought over so far. */
export type ReindexProgress = { videos: number; channels: number };

type Reindexing = {
  engine: SearchEngine;
  signal: AbortSignal;
  onProgress?: ((progress: ReindexProgress) => void) | undefined;
};

type Filling = Pick<Reindexing, "signal" | "onProgress"> & {
  target: IndexTarget;
  /** After each page; throws when the work is for nothing. */
  afterPage: () => Promise<void>;
};

/** Work under the target's lock, so that no change that is brought over meanwhile is undone. */
const locked = (
  { target, signal }: Pick<Filling, "target" | "signal">,
  work: (tx: Tx) => Promise<void>,
): Promise<void> => {
  signal.throwIfAborted();
  return transaction(async (tx) => {
    await lockEngine(tx, target.name);
    await work(tx);
  });
};

/** Brings everything that may be found over, page by page. */
const fill = async (filling: Filling): Promise<ReindexProgress> => {
  const { target, signal, onProgress, afterPage } = filling;
  const progress: ReindexProgress = { videos: 0, channels: 0 };
  const told = async (): Promise<void> => {
    await afterPage();
    onProgress?.(progress);
  };
  for await (const channelIds of pagesOf((page) => listChannelIds(db(), page))) {
    await locked(filling, (tx) => bringChannels(tx, { engine: target, channelIds }));
    progress.channels += channelIds.length;
    await told();
  }
  for await (const videoIds of pagesOf((page) => listFindableIds(db(), page))) {
    await locked(filling, (tx) => bringVideos(tx, { engine: target, signal, videoIds }));
    progress.videos += videoIds.length;
    await told();
  }
  return progress;
};

/** Each page is exchanged where it is, and videos that may not be found any more go at the end. */
const inPlace = async ({ engine, signal, onProgress }: Reindexing): Promise<ReindexProgress> => {
  const filling: Filling = { target: engine, signal, onProgress, afterPage: async () => undefined };
  const progress = await fill(filling);
  // Brought once more: those that may be found stay, the others go.
  for await (const page of engine.indexed()) {
    const videoIds = page.map(({ videoId }) => videoId);
    const findable = new Set(await listFindableIds(db(), { after: null, limit: videoIds.length, among: videoIds }));
    const gone = videoIds.filter((videoId) => !findable.has(videoId));
    await locked(filling, (tx) => bringVideos(tx, { engine, signal, videoIds: gone }));
  }
  return progress;
};

/** The last changes come over while nobody brings any to the old index, so that none is lost between the two. */
const publish = async (input: Reindexing & { rebuild: Rebuild; afterPage: Filling["afterPage"] }): Promise<void> => {
  const { engine, signal, rebuild, afterPage } = input;
  const { target } = rebuild;
  await indexChanges({ engine: target, signal });
  await transaction(async (tx) => {
    await lockEngine(tx, engine.name);
    await lockEngine(tx, target.name);
    await bringAllChanges(tx, { engine: target, signal });
    await afterPage();
    await rebuild.publish();
    await endRebuildOf(tx, engine.name);
  });
};

/**
 * A second index is filled and then answers in the place of the first. Changes that happen meanwhile are noted for both, so
 * the first one stays right until the end.
 */
const beside = async (reindexing: Reindexing & { beginRebuild: () => Promise<Rebuild> }): Promise<ReindexProgress> => {
  const { engine, signal, onProgress, beginRebuild } = reindexing;
  await dropDeadRebuilds(db());
  if (!(await beginRebuildOf(db(), engine.name))) {
    throw new AppError("locked", {
      message: "This index is being rebuilt already.",
      hint: "Wait until that has ended.",
    });
  }
  const afterPage = async (): Promise<void> => {
    if (!(await keepRebuild(db(), engine.name)))
      throw new AppError("conflict", { message: "The rebuild was given up." });
  };
  let rebuild: Rebuild | null = null;
  try {
    rebuild = await beginRebuild();
    const progress = await fill({ target: rebuild.target, signal, onProgress, afterPage });
    await publish({ engine, signal, rebuild, afterPage });
    return progress;
  } catch (error) {
    await rebuild?.discard();
    await endRebuildOf(db(), engine.name);
    throw error;
  }
};

/**
 * Makes an engine's index anew from the tables, beside whatever changes meanwhile, while searches go on. May be repeated.
 * Throws when `signal` aborts, `unavailable` when the engine cannot be reached and `locked` when it is being rebuilt.
 */
export const reindex = async (reindexing: Reindexing): Promise<ReindexProgress> => {
  const { engine, signal } = reindexing;
  const { beginRebuild } = engine;
  const progress = beginRebuild === null ? await inPlace(reindexing) : await beside({ ...reindexing, beginRebuild });
  // Lines of what only its members see are for their transcripts.
  for await (const videoIds of pagesOf((page) => listVideosWithUnreadCaptions(db(), page))) {
    await refreshCues({ videoIds, signal });
  }
  await engine.takeOverViews();
  await noteEngine(db(), { name: engine.name, analysisVersion });
  return progress;
};
