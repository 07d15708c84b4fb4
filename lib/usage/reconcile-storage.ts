import { db, type Tx, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import {
  beginCorrection,
  beginReconciliation,
  correctAssetSize,
  endReconciliation,
  lastReconciliation,
  listAssetsBesideVideos,
  listCountedAssets,
  listRunningRunIds,
  listVideoIds,
} from "#lib/db/queries/usage/usage.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { objectStore } from "#lib/storage/index.ts";
import { compareVideo, type SizeDifference, unlistedKey } from "#lib/usage/compare-video.ts";
import { measureRunIn } from "#lib/usage/measure-run.ts";
import { objectsOfVideo } from "#lib/usage/objects-of-video.ts";
import { removeStrays } from "#lib/usage/remove-strays.ts";

const dayMs = 24 * 3600 * 1000;
const pageSize = 200;

/** What a comparison has found so far. */
type Found = { assetsChecked: number; differences: number; correctedBytes: number };

type Difference = { what: "size" | "run" | "unlisted"; subject: string; change: number; videoId: string | null };

const tell = async (tx: Tx, { what, subject, change, videoId }: Difference): Promise<void> => {
  metrics().storageDifferences.inc({ what });
  log().warn({ "event.action": "usage.corrected", what, subject, change }, "the ledger differed from the storage");
  await recordAudit(tx, {
    ...{ actorId: null, action: "usage.correct", targetType: "asset", targetId: subject },
    details: { what, change, videoId },
  });
};

/** Makes one correction in a transaction of its own: ledger, counter and audit row together. `work` gives the change. */
const correct = async (
  found: Found,
  difference: Omit<Difference, "change">,
  work: (tx: Tx) => Promise<number>,
): Promise<void> => {
  const change = await transaction(async (tx) => {
    await beginCorrection(tx);
    const changed = await work(tx);
    if (changed !== 0) await tell(tx, { ...difference, change: changed });
    return changed;
  });
  if (change === 0) return;
  found.differences += 1;
  found.correctedBytes += change;
};

/** Looks once more before it corrects: what is removed in this very moment loses its bytes first and then its row. */
const correctSize = (found: Found, { videoId, ...difference }: SizeDifference & { videoId: string | null }) =>
  correct(found, { what: "size", subject: difference.key, videoId }, async (tx) => {
    return (await correctAssetSize(tx, difference)) ? difference.after - difference.before : 0;
  });

const correctUnlisted = (found: Found, { videoId, bytes }: { videoId: string; bytes: number }) => {
  const key = unlistedKey(videoId);
  return correct(found, { what: "unlisted", subject: key, videoId }, async (tx) => {
    const contentType = "application/octet-stream";
    await insertAssets(tx, [{ videoId, kind: "working", key, sizeBytes: 0, contentType }]);
    const row = (await listCountedAssets(tx, videoId)).find((asset) => asset.key === key);
    if (row === undefined || row.sizeBytes === bytes) return 0;
    const right = { id: row.id, before: row.sizeBytes, after: bytes };
    return (await correctAssetSize(tx, right)) ? bytes - row.sizeBytes : 0;
  });
};

/** Objects first, rows after: a row is never older than what it is compared with, and a new one's object may be missed. */
const differencesOf = async (videoId: string) => {
  const before = await listCountedAssets(db(), videoId);
  const objects = await objectsOfVideo(videoId);
  const known = new Set(before.map(({ id, sizeBytes }) => `${id}:${sizeBytes}`));
  const rows = await listCountedAssets(db(), videoId);
  const now = new Date();
  const runningRunIds = await listRunningRunIds(db(), videoId);
  const differences = compareVideo({ videoId, rows, objects, runningRunIds, now });
  // What came or changed between the looks is on its way; tomorrow's comparison sees it.
  const settled = rows.every(({ id, sizeBytes }) => known.has(`${id}:${sizeBytes}`)) && rows.length === before.length;
  return { rows, settled, differences };
};

const reconcileVideo = async (found: Found, videoId: string): Promise<void> => {
  const { rows, settled, differences } = await differencesOf(videoId);
  found.assetsChecked += rows.length;
  if (!settled) return;
  for (const size of differences.sizes) await correctSize(found, { ...size, videoId });
  for (const runId of differences.runIds) {
    await correct(found, { what: "run", subject: runId, videoId }, (tx) => measureRunIn(tx, { videoId, runId }));
  }
  const listed = rows.some(({ key }) => key === unlistedKey(videoId));
  if (listed || differences.unlistedBytes > 0) {
    await correctUnlisted(found, { videoId, bytes: differences.unlistedBytes });
  }
};

/** Marks of channels and pictures of accounts: each is one object. */
const reconcileBeside = async (found: Found, signal: AbortSignal): Promise<void> => {
  for (let afterId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listAssetsBesideVideos>> = await listAssetsBesideVideos(db(), {
      afterId,
      limit: pageSize,
    });
    for (const { id, key, sizeBytes } of page) {
      signal.throwIfAborted();
      const after = (await objectStore().head(key))?.sizeBytes ?? 0;
      if (after !== sizeBytes) await correctSize(found, { id, key, before: sizeBytes, after, videoId: null });
    }
    found.assetsChecked += page.length;
    afterId = page.at(-1)?.id ?? null;
    if (page.length < pageSize) return;
  }
};

/**
 * Compares the ledger with the storage, object by object, and puts right what differs: each correction is an entry of its
 * own with an audit row. Files of videos that are no more go. Safe while uploads, runs and removals go on, and may be repeated. Throws when `signal` aborts.
 */
export const reconcileStorage = async ({ signal }: { signal: AbortSignal }): Promise<Found> => {
  const id = await beginReconciliation(db());
  const found: Found = { assetsChecked: 0, differences: 0, correctedBytes: 0 };
  for (let afterId: string | null = null; ; ) {
    const page: string[] = await listVideoIds(db(), { afterId, limit: pageSize });
    for (const videoId of page) {
      signal.throwIfAborted();
      await reconcileVideo(found, videoId);
    }
    afterId = page.at(-1) ?? null;
    if (page.length < pageSize) break;
  }
  await reconcileBeside(found, signal);
  await removeStrays({ signal });
  await endReconciliation(db(), { id, ...found });
  log().info({ "event.action": "usage.reconciled", ...found }, "the ledger was compared with the storage");
  return found;
};

/** Queues the comparison once a day; whoever asks in between changes nothing. */
export const queueReconciliation = async ({ now = new Date() }: { now?: Date } = {}): Promise<void> => {
  const last = await lastReconciliation(db());
  if (last !== null && now.getTime() - last.getTime() < dayMs) return;
  await enqueue(db(), "usage/reconcile-storage", {}, { key: "reconcile-storage", priority: 20 });
};
