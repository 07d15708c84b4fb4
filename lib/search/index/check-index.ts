import { db } from "#lib/db/client.ts";
import { findEngine, insertChanges, noteEngine } from "#lib/db/queries/search/changes.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { searchEngines } from "#lib/search/engines.ts";
import { type Drift, driftSize, findDrift } from "#lib/search/index/find-drift.ts";
import { indexChanges } from "#lib/search/index/index-changes.ts";
import { regrade, reindex } from "#lib/search/index/reindex.ts";

const dayMs = 86_400_000;

type Checking = { engine: SearchEngine; signal: AbortSignal };

/**
 * Compares an engine with the tables. With `repair` what differs is queued as if it had changed: whatever brings it over reads
 * the tables again, so that a difference which was only a moment's changes nothing. Gives what was found.
 */
export const checkEngine = async ({ engine, signal, repair }: Checking & { repair: boolean }): Promise<Drift> => {
  // What only waits to be brought over is no drift.
  await indexChanges({ engine, signal });
  const drift = await findDrift({ engine, signal });
  const found = driftSize(drift);
  if (found > 0) {
    const facts = { missing: drift.missing.length, stale: drift.stale.length, extra: drift.extra.length };
    log().warn({ "event.action": "search.drift", engine: engine.name, ...facts }, "the index differed from the tables");
  }
  if (repair && found > 0) {
    const subjectIds = [...drift.missing, ...drift.stale, ...drift.extra];
    for (let at = 0; at < subjectIds.length; at += 1000) {
      await insertChanges(db(), { engine: engine.name, kind: "video", subjectIds: subjectIds.slice(at, at + 1000) });
    }
    await indexChanges({ engine, signal });
  }
  if (repair) await noteEngine(db(), { name: engine.name });
  return drift;
};

/**
 * The daily look at every engine that answers: made anew when the analysis is another than it was made by, else compared and
 * repaired; and the popular videos of today are asked first from now on. Throws when `signal` aborts.
 */
export const checkSearch = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
  for (const engine of searchEngines()) {
    if (!(await engine.health())) continue;
    const known = await findEngine(db(), engine.name);
    if (known?.analysisVersion === analysisVersion) await checkEngine({ engine, signal, repair: true });
    else await reindex({ engine, signal });
  }
  await regrade();
};

/** Queues the look once a day, and at once for an engine that was never made or was by another analysis. */
export const queueSearchCheck = async ({ now = new Date() }: { now?: Date } = {}): Promise<void> => {
  const known = await Promise.all(searchEngines().map(({ name }) => findEngine(db(), name)));
  const isDue = known.some(
    (row) =>
      row !== null &&
      (row.analysisVersion !== analysisVersion ||
        row.checkedAt === null ||
        now.getTime() - row.checkedAt.getTime() >= dayMs),
  );
  if (isDue) await enqueue(db(), "search/check", {}, { key: "search-check", priority: 20 });
};

/** Brings every engine up to what changed; see `indexChanges`. */
export const indexAllChanges = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
  const faults: unknown[] = [];
  for (const engine of searchEngines()) {
    await indexChanges({ engine, signal }).catch((error: unknown) => faults.push(error));
  }
  if (faults.length > 0) throw faults[0];
};
