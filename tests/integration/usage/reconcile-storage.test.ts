import { utimes } from "node:fs/promises";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { assets, auditLog, runs, storageReconciliations, usageEntries } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey, runPrefix } from "#lib/storage/keys.ts";
import { queueReconciliation, reconcileStorage } from "#lib/usage/reconcile-storage.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";

testDatabase();

const { signal } = new AbortController();

const putOld = async (key: string, bytes: number) => {
  await objectStore().put({ key, body: Buffer.alloc(bytes, 1) });
  const path = await objectStore().localPath(key);
  const then = new Date(Date.now() - 7200_000);
  if (path !== null) await utimes(path, then, then);
};

/** A video with its original and the row of it. */
const countedVideo = async () => {
  const video = await makeReceivedVideo();
  const { videoId, sourceKey: key } = video;
  await transaction((tx) =>
    insertAssets(tx, [{ videoId, kind: "original", key, sizeBytes: 18, contentType: "video/mp4" }]),
  );
  return video;
};

describe("the daily comparison", () => {
  it("puts right what was lost, what grew and what no row names, with audit rows, and then finds nothing more", async () => {
    const lost = await countedVideo();
    const grown = await countedVideo();
    await expectLedgerIsDisk();
    await objectStore().remove(lost.sourceKey);
    await objectStore().put({ key: grown.sourceKey, body: Buffer.alloc(500, 1) });
    await putOld(originalKey({ videoId: grown.videoId, uploadId: newId() }), 70);
    expect(await reconcileStorage({ signal })).toMatchObject({ differences: 3, correctedBytes: -18 + 482 + 70 });
    await expectLedgerIsDisk();
    const entries = await db().select().from(usageEntries).where(eq(usageEntries.kind, "correct"));
    expect(entries.map(({ bytes }) => bytes).sort((one, other) => one - other)).toEqual([-18, 70, 482]);
    const told = await db().select().from(auditLog).where(eq(auditLog.action, "usage.correct")).orderBy(auditLog.id);
    expect(told.map(({ details }) => details.what).sort()).toEqual(["size", "size", "unlisted"]);
    expect(await reconcileStorage({ signal })).toMatchObject({ differences: 0, correctedBytes: 0 });
  });

  it("leaves a run that goes on and what is just being put alone, and measures it once it has ended", async () => {
    const video = await countedVideo();
    const { runId } = await startUploadRun(video);
    await putOld(`${runPrefix({ videoId: video.videoId, runId })}180p/00000.m4s`, 300);
    await objectStore().put({ key: originalKey({ videoId: video.videoId, uploadId: newId() }), body: Buffer.alloc(9) });
    expect(await reconcileStorage({ signal })).toMatchObject({ differences: 0 });
    await db().update(runs).set({ state: "failed", endedAt: sql`now()` }).where(eq(runs.id, runId));
    expect(await reconcileStorage({ signal })).toMatchObject({ differences: 1, correctedBytes: 300 });
    const [own] = await db().select().from(assets).where(eq(assets.runId, runId));
    expect(own?.sizeBytes).toBe(300);
  });

  it("is queued once a day", async () => {
    const queued = async () => {
      const rows = await db().execute<{ task: string }>(
        sql`select task_identifier as task from graphile_worker.jobs where key = 'reconcile-storage'`,
      );
      return rows.length;
    };
    await db().delete(storageReconciliations);
    await queueReconciliation();
    await queueReconciliation();
    expect(await queued()).toBe(1);
    await reconcileStorage({ signal });
    await db().execute(sql`select graphile_worker.remove_job('reconcile-storage')`);
    await queueReconciliation();
    expect(await queued()).toBe(0);
    await queueReconciliation({ now: new Date(Date.now() + 25 * 3600_000) });
    expect(await queued()).toBe(1);
  });
});
