import { utimes } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { auditLog, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import * as keys from "#lib/storage/keys.ts";
import { reconcileStorage } from "#lib/usage/reconcile-storage.ts";
import { removeStrays } from "#lib/usage/remove-strays.ts";
import { deleteVideo } from "#lib/videos/delete-video.ts";
import { purgeVideo } from "#lib/videos/purge-video.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeReceivedVideo, startUploadRun } from "#tests/factories/received-video.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";

testDatabase();

const { signal } = new AbortController();
const dayMs = 24 * 3600 * 1000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs);

let owner: Person;
beforeEach(async () => {
  owner = await makePerson();
});

const ownVideo = async () => {
  const values = { creatorId: owner.account.id, channelId: owner.channelId, status: "ready" as const };
  const video = await makeReceivedVideo(values);
  await transaction((tx) =>
    insertAssets(tx, [
      { videoId: video.videoId, kind: "original", key: video.sourceKey, sizeBytes: 18, contentType: "video/mp4" },
    ]),
  );
  return video;
};

const put = async (key: string) => {
  await objectStore().put({ key, body: Buffer.alloc(100, 1) });
  return key;
};

const setAge = async (key: string, modifiedAt: Date) => {
  const path = await objectStore().localPath(key);
  if (path === null) throw new Error(`no file of ${key}`);
  await utimes(path, modifiedAt, modifiedAt);
};

/** A video that was deleted, whose week is over and whose purge has run. */
const purged = async () => {
  const { videoId } = await ownVideo();
  await deleteVideo({ viewer: owner.account, videoId });
  await db()
    .update(videos)
    .set({ deletedAt: inDays(-8) })
    .where(eq(videos.id, videoId));
  await purgeVideo({ videoId, signal });
  expect(await db().select().from(videos).where(eq(videos.id, videoId))).toEqual([]);
  return videoId;
};

/** What a worker and a web process that had not noticed put there since. */
const straggle = (videoId: string) =>
  Promise.all([
    put(keys.segmentKey({ videoId, runId: newId(), rendition: "180p", index: 3 })),
    put(keys.captionKey({ videoId, captionId: newId(), version: 1 })),
    put(keys.exportKey({ videoId, exportId: newId(), attemptId: newId() })),
    put(keys.originalKey({ videoId, uploadId: newId() })),
  ]);

const there = async (prefixes: readonly string[]) => {
  const found: string[] = [];
  for (const prefix of prefixes) for await (const { key } of objectStore().list(prefix)) found.push(key);
  return found.sort();
};
const everything = () => there(["originals/", "runs/", "exports/", "watermarks/", "avatars/"]);
const told = (videoId: string) =>
  db().select().from(auditLog).where(eq(auditLog.targetId, videoId)).orderBy(auditLog.id);

describe("files that came after their video was removed", () => {
  test("go once they are a day old, with an audit row; then nothing is left to do", async () => {
    const videoId = await purged();
    const strays = await straggle(videoId);
    expect(await removeStrays({ signal })).toMatchObject({ files: 0 });
    expect(await removeStrays({ signal, now: inDays(0.9) })).toMatchObject({ files: 0 });
    expect(await there(keys.videoPrefixes(videoId))).toHaveLength(strays.length);
    expect(await removeStrays({ signal, now: inDays(1.1) })).toEqual({ videos: 1, files: 4, bytes: 400 });
    expect(await there(keys.videoPrefixes(videoId))).toEqual([]);
    const rows = (await told(videoId)).map(({ action, details }) => ({ action, details }));
    expect(rows.slice(-1)).toEqual([{ action: "video.purge_strays", details: { files: 4, bytes: 400 } }]);
    expect(await removeStrays({ signal, now: inDays(2) })).toEqual({ videos: 0, files: 0, bytes: 0 });
    await expectLedgerIsDisk();
  });

  test("stay while one of them is younger: somebody is still at it", async () => {
    const videoId = await purged();
    const [last = ""] = await straggle(videoId);
    await setAge(last, inDays(1.2));
    expect(await removeStrays({ signal, now: inDays(2) })).toMatchObject({ files: 0 });
    expect(await there(keys.videoPrefixes(videoId))).toHaveLength(4);
    expect(await removeStrays({ signal, now: inDays(2.3) })).toMatchObject({ files: 4 });
  });

  test("of many removals each is looked at, page by page", async () => {
    const gone = await Promise.all([purged(), purged()]);
    for (const videoId of gone) await straggle(videoId);
    const entry = { actorId: null, action: "video.purge", targetType: "video" };
    await transaction(async (tx) => {
      for (let index = 0; index < 250; index += 1) await recordAudit(tx, { ...entry, targetId: newId() });
    });
    expect(await removeStrays({ signal, now: inDays(1.5) })).toMatchObject({ videos: 2, files: 8 });
  });
});

describe("nothing else is touched", () => {
  test("videos that live, wait in the bin, or are being processed or uploaded; accounts, marks and names nobody knows", async () => {
    const living = await ownVideo();
    await straggle(living.videoId);
    const running = await ownVideo();
    const { runId } = await startUploadRun(running);
    await put(keys.segmentKey({ videoId: running.videoId, runId, rendition: "180p", index: 0 }));
    const binned = await ownVideo();
    await straggle(binned.videoId);
    await deleteVideo({ viewer: owner.account, videoId: binned.videoId });
    const uploading = await makeReceivedVideo({ creatorId: owner.account.id, channelId: owner.channelId });
    await put(keys.sentImageKey({ videoId: uploading.videoId, imageId: newId() }));
    await put(keys.accountExportKey({ userId: owner.account.id, exportId: newId() }));
    await put(keys.avatarKey({ userId: owner.account.id, avatarId: newId() }));
    await put(keys.watermarkImageKey({ watermarkId: newId(), drawingId: newId() }));
    // No record says that these were ever a video's, as after an older database was restored.
    await straggle(newId());
    const before = await everything();
    const videoId = await purged();
    await straggle(videoId);
    expect(await removeStrays({ signal, now: inDays(20) })).toMatchObject({ videos: 1 });
    expect(await everything()).toEqual(before);
  });

  test("a video that is there, whatever the audit log says of it", async () => {
    const { videoId, sourceKey } = await ownVideo();
    await recordAudit(db(), { actorId: null, action: "video.purge", targetType: "video", targetId: videoId });
    expect(await removeStrays({ signal, now: inDays(5) })).toMatchObject({ files: 0 });
    expect(await objectStore().head(sourceKey)).not.toBeNull();
  });
});

test("the daily comparison does it", async () => {
  const videoId = await purged();
  await straggle(videoId);
  for (const key of await there(keys.videoPrefixes(videoId))) await setAge(key, inDays(-2));
  // The log refuses changes, so the removal itself cannot be made older: a clone of its row can.
  const [entry] = await db().select().from(auditLog).where(eq(auditLog.targetId, videoId)).orderBy(auditLog.id);
  const old = { action: "video.purge", targetType: "video", targetId: videoId, details: {}, createdAt: inDays(-2) };
  await db()
    .insert(auditLog)
    .values({ ...entry, id: newId(), ...old });
  await reconcileStorage({ signal });
  expect(await there(keys.videoPrefixes(videoId))).toEqual([]);
});
