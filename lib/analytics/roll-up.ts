import { bucketCountOf } from "#lib/analytics/retention-buckets.ts";
import { startupBoundsMs } from "#lib/analytics/startup-histogram.ts";
import { db, transaction } from "#lib/db/client.ts";
import {
  databaseNow,
  deleteMarksBefore,
  deleteSessionsBefore,
  divideDay,
  findDuration,
  hasStaleDays,
  sumUpDay,
  takeStaleDay,
} from "#lib/db/queries/analytics/roll-up.ts";
import { deleteSaltsBefore } from "#lib/db/queries/analytics/viewer-salts.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { utcDay } from "#lib/usage/utc-day.ts";

const dayMs = 24 * 3600 * 1000;
/** Days (UTC) whose sessions are kept besides today's: a token is good for a day, so nothing comes for older ones. */
const keptDays = 2;
const batchSize = 2_000;

/** Makes the sums of one stale day anew; false when none is left. */
const rollUpOne = (markedBefore: Date): Promise<boolean> =>
  transaction(async (tx) => {
    const stale = await takeStaleDay(tx, { markedBefore });
    if (stale === null) return false;
    const durationMs = await findDuration(tx, stale.videoId);
    if (durationMs === null) return true;
    await sumUpDay(tx, { ...stale, startupBoundsMs, bucketCount: bucketCountOf(durationMs) });
    await divideDay(tx, stale);
    return true;
  });

const inBatches = async (remove: () => Promise<number>, signal: AbortSignal): Promise<number> => {
  let removed = 0;
  for (let last = batchSize; last === batchSize; removed += last) {
    signal.throwIfAborted();
    last = await remove();
  }
  return removed;
};

/** Removes raw facts that are summed up, and what could tell viewers apart. */
const forget = async ({ now, signal }: { now: Date; signal: AbortSignal }): Promise<number> => {
  const daysAgo = (days: number) => utcDay(new Date(now.getTime() - days * dayMs));
  // Tokens carry the hashes; the salt of a day that is over is needed for nothing.
  await deleteSaltsBefore(db(), daysAgo(0));
  const old = { day: daysAgo(keptDays), limit: batchSize };
  await inBatches(() => deleteMarksBefore(db(), old), signal);
  return inBatches(() => deleteSessionsBefore(db(), old), signal);
};

/**
 * Makes the sums of all days anew on which something was reported since the last time, then removes raw facts of days that
 * are over. Each day is one transaction and always summed up whole, so this may run twice, at once, or in any order of
 * days. Throws when `signal` aborts.
 */
export const rollUp = async ({ signal, now = new Date() }: { signal: AbortSignal; now?: Date }): Promise<void> => {
  // What players report meanwhile waits for the next time, else a busy site would keep this going for ever.
  const markedBefore = await databaseNow(db());
  let days = 0;
  while (await rollUpOne(markedBefore)) {
    signal.throwIfAborted();
    days += 1;
  }
  const sessions = await forget({ now, signal });
  if (days + sessions > 0) {
    log().info({ "event.action": "analytics.rolled_up", days, removedSessions: sessions }, "views were summed up");
  }
};

/** When this process queued it last, in milliseconds since 1970. */
const queued = { atMs: 0 };
const everyMs = 60_000;
const forgetEveryMs = 3600 * 1000;

/** Queues the roll-up when something was reported, at most once a minute and worker, and once an hour to forget. */
export const queueRollUp = async ({ now = new Date() }: { now?: Date } = {}): Promise<void> => {
  const sinceMs = now.getTime() - queued.atMs;
  if (sinceMs < everyMs || (sinceMs < forgetEveryMs && !(await hasStaleDays(db())))) return;
  queued.atMs = now.getTime();
  await enqueue(db(), "analytics/roll-up", {}, { key: "analytics-roll-up", priority: 15 });
};
