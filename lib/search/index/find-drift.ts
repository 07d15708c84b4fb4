import { db } from "#lib/db/client.ts";
import { listFindableIds } from "#lib/db/queries/search/sources.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { pagesOf } from "#lib/search/index/pages-of.ts";
import { readDocuments } from "#lib/search/index/read-documents.ts";

/** Videos in which an engine differs from the tables: it lacks them, has them from another state, or has them too much. */
export type Drift = { checked: number; missing: string[]; stale: string[]; extra: string[] };

type Finding = { engine: SearchEngine; signal: AbortSignal };

/** What an engine has: fingerprints by video. 60 bytes a video, so a million fit into memory. */
const indexedIn = async ({ engine, signal }: Finding): Promise<Map<string, string>> => {
  const indexed = new Map<string, string>();
  for await (const page of engine.indexed()) {
    signal.throwIfAborted();
    for (const { videoId, fingerprint } of page) indexed.set(videoId, fingerprint);
  }
  return indexed;
};

/**
 * Compares an engine with the tables and changes nothing. What changed in this very moment and was not brought over yet may be
 * among it. Throws when `signal` aborts.
 */
export const findDrift = async (finding: Finding): Promise<Drift> => {
  const indexed = await indexedIn(finding);
  const drift: Drift = { checked: 0, missing: [], stale: [], extra: [] };
  for await (const page of pagesOf((asked) => listFindableIds(db(), asked))) {
    finding.signal.throwIfAborted();
    for (const { videoId, fingerprint } of await readDocuments(db(), page)) {
      drift.checked += 1;
      const known = indexed.get(videoId);
      indexed.delete(videoId);
      if (known === undefined) drift.missing.push(videoId);
      else if (known !== fingerprint) drift.stale.push(videoId);
    }
  }
  drift.extra.push(...indexed.keys());
  return drift;
};

/** How many videos differ. */
export const driftSize = ({ missing, stale, extra }: Drift): number => missing.length + stale.length + extra.length;
