import { db, type Tx, transaction } from "#lib/db/client.ts";
import { lockEngine, noteEngine } from "#lib/db/queries/search/changes.ts";
import { listVideosWithUnreadCaptions } from "#lib/db/queries/search/cues.ts";
import { refreshPopularity, regradeTiers } from "#lib/db/queries/search/documents.ts";
import { listChannelIds, listFindableIds } from "#lib/db/queries/search/sources.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";
import { refreshCues } from "#lib/search/cues/refresh-cues.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { bringChannels, bringVideos } from "#lib/search/index/index-changes.ts";
import { pagesOf } from "#lib/search/index/pages-of.ts";

/** How much a rebuild has brought over so far. */
export type ReindexProgress = { videos: number; channels: number };

type Reindexing = {
  engine: SearchEngine;
  signal: AbortSignal;
  onProgress?: ((progress: ReindexProgress) => void) | undefined;
};

/** Work under the engine's lock, so that no change that is brought over meanwhile is undone. */
const locked = ({ engine, signal }: Reindexing, work: (tx: Tx) => Promise<void>): Promise<void> => {
  signal.throwIfAborted();
  return transaction(async (tx) => {
    await lockEngine(tx, engine.name);
    await work(tx);
  });
};

/** Takes over how often videos were watched, and asks the popular ones first from now on. */
export const regrade = async (): Promise<void> => {
  await refreshPopularity(db());
  await regradeTiers(db());
};

/**
 * Makes an engine's index anew from the tables, page by page, beside whatever changes meanwhile: searches go on, each page is
 * exchanged at once, and videos that may not be found any more go at the end. May be repeated. Throws when `signal` aborts.
 */
export const reindex = async (reindexing: Reindexing): Promise<ReindexProgress> => {
  const { engine, signal, onProgress } = reindexing;
  const progress: ReindexProgress = { videos: 0, channels: 0 };
  for await (const channelIds of pagesOf((page) => listChannelIds(db(), page))) {
    await locked(reindexing, (tx) => bringChannels(tx, { engine, channelIds }));
    progress.channels += channelIds.length;
    onProgress?.(progress);
  }
  for await (const videoIds of pagesOf((page) => listFindableIds(db(), page))) {
    await locked(reindexing, (tx) => bringVideos(tx, { engine, signal, videoIds }));
    progress.videos += videoIds.length;
    onProgress?.(progress);
  }
  // Brought once more: those that may be found stay, the others go.
  for await (const page of pagesOf((asked) => engine.indexed(asked))) {
    const videoIds = page.map(({ videoId }) => videoId);
    const findable = new Set(await listFindableIds(db(), { after: null, limit: videoIds.length, among: videoIds }));
    const gone = videoIds.filter((videoId) => !findable.has(videoId));
    await locked(reindexing, (tx) => bringVideos(tx, { engine, signal, videoIds: gone }));
  }
  // Lines of what only its members see are for their transcripts.
  for await (const videoIds of pagesOf((page) => listVideosWithUnreadCaptions(db(), page))) {
    await refreshCues({ videoIds, signal });
  }
  await regrade();
  await noteEngine(db(), { name: engine.name, analysisVersion });
  return progress;
};
