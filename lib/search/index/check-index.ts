import { db } from "#lib/db/client.ts";
import { findEngine, insertChanges, noteEngine } from "#lib/db/queries/search/changes.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { analysisVersion } from "#lib/search/analysis/stem-word.ts";
import type { SearchEngine } from "#lib/search/engine.ts";
import { searchEngines } from "#lib/search/engines.ts";
import { type Drift, driftSize, findDrift } from "#lib/search/index/find-drift.ts";
import { indexChanges } from "#lib/search/index/index-changes.ts";
import { reindex } from "#lib/search/index/reindex.ts";

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

type Known = Awaited<ReturnType<typeof findEngine>>;

const isDue = (known: Known, now: Date): boolean =>
  known !== null &&
  (known.analysisVersion !== analysisVersion ||
    known.checkedAt === null ||
    now.getTime() - known.checkedAt.getTime() >= dayMs);

const lookAt = async ({ engine, signal }: Checking, known: Known): Promise<void> => {
  if (known?.analysisVersion !== analysisVersion) {
    await reindex({ engine, signal });
    return;
  }
  try {
    await checkEngine({ engine, signal, repair: true });
    await engine.takeOverViews();
  } catch (error) {
    if (!(error instanceof AppError && error.code === "gone")) throw error;
    await reindex({ engine, signal });
  }
};

/**
 * The daily look at every engine that is due and answers: made anew when the analysis is another than it was made by or its
 * index is lost, else compared and repaired; and the popular videos of today come first from now on. One engine's fault
 * keeps no other from its look; the first is thrown at the end. Throws when `signal` aborts.
 */
export const checkSearch = async ({ signal, now = new Date() }: { signal: AbortSignal; now?: Date }): Promise<void> => {
  const faults: unknown[] = [];
  for (const engine of searchEngines()) {
    signal.throwIfAborted();
    const known = await findEngine(db(), engine.name);
    if (!isDue(known, now) || !(await engine.health())) continue;
    await lookAt({ engine, signal }, known).catch((error: unknown) => faults.push(error));
  }
  if (faults.length > 0) throw faults[0];
};

/** Queues the look once a day, and at once for an engine that was never made or was by another analysis. */
export const queueSearchCheck = async ({ now = new Date() }: { now?: Date } = {}): Promise<void> => {
  for (const engine of searchEngines()) {
    if (!isDue(await findEngine(db(), engine.name), now) || !(await engine.health())) continue;
    await enqueue(db(), "search/check", {}, { key: "search-check", priority: 20 });
    return;
  }
};

/** Brings every engine up to what changed, none waiting for another; see `indexChanges`. */
export const indexAllChanges = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
  const ends = await Promise.allSettled(searchEngines().map((engine) => indexChanges({ engine, signal })));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
};
