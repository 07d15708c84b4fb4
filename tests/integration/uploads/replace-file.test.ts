import { writeFile } from "node:fs/promises";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { db, transaction } from "#lib/db/client.ts";
import { lockRunningRun } from "#lib/db/queries/runs/runs.ts";
import { listDuplicates, listVideosWithSpareOriginals } from "#lib/db/queries/videos/originals.ts";
import { assets, audioExports, runs, uploads, videos } from "#lib/db/schema/index.ts";
import { followUp } from "#lib/processing/follow-up.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey } from "#lib/storage/keys.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { expireUploads } from "#lib/uploads/expire-uploads.ts";
import { finishUpload } from "#lib/uploads/finish-upload.ts";
import { hashOriginal } from "#lib/uploads/hash-original.ts";
import { reconcileUploads } from "#lib/uploads/reconcile-uploads.ts";
import { removeSpareOriginals } from "#lib/uploads/remove-spare-originals.ts";
import { replaceFile } from "#lib/uploads/replace-file.ts";
import { uploadPath } from "#lib/uploads/upload-area.ts";
import { cancelProcessing } from "#lib/videos/cancel-processing.ts";
import { deleteVideo, restoreVideo } from "#lib/videos/delete-video.ts";
import { reprocessVideo } from "#lib/videos/reprocess-video.ts";
import { fakeFinishResult } from "#tests/factories/fake-steps.ts";
import { livePlan } from "#tests/factories/live-plan.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeUpload, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const { signal } = new AbortController();
let owner: Person;
let viewer: Viewer;

beforeAll(async () => {
  owner = await makePerson();
  viewer = owner.account;
});

/** A ready video with a first file whose upload has ended. */
const readyVideo = async (content: string, wishes: object = {}) => {
  const video = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready", wishes });
  const upload = await makeUpload({
    videoId: video.id,
    ownerId: owner.account.id,
    state: "stored",
    sizeBytes: content.length,
  });
  const key = originalKey({ videoId: video.id, uploadId: upload.id });
  await objectStore().put({ key, body: Buffer.from(content) });
  await db().update(videos).set({ originalKey: key }).where(eq(videos.id, video.id));
  await db().insert(assets).values({
    id: upload.id,
    videoId: video.id,
    kind: "original",
    key,
    sizeBytes: content.length,
    contentType: "video/mp4",
  });
  return { videoId: video.id, key, uploadId: upload.id };
};

const send = async (videoId: string, content: string, filename = "second.mp4") => {
  const announced = await replaceFile({ viewer, videoId, file: { filename, sizeBytes: content.length } });
  await writeFile(uploadPath(announced.uploadId), content);
  expect(await finishUpload({ uploadId: announced.uploadId })).toBe("started");
  return originalKey({ videoId, uploadId: announced.uploadId });
};

const videoOf = async (videoId: string) => (await db().select().from(videos).where(eq(videos.id, videoId)))[0];
const runOf = async (videoId: string) =>
  (await db().select().from(runs).where(sql`${runs.videoId} = ${videoId} and ${runs.state} = 'running'`))[0];

const publish = (videoId: string) =>
  transaction(async (tx) => {
    const running = await runOf(videoId);
    const run = await lockRunningRun(tx, running?.id ?? "");
    if (run === null) throw new Error("no run goes on");
    await followUp(tx, { run, kind: "finish", result: fakeFinishResult({ id: run.id, videoId }) });
  });

const age = (videoId: string) =>
  db().update(assets).set({ createdAt: sql`now() - interval '1 hour'` }).where(eq(assets.videoId, videoId));

describe("a new file for a video", () => {
  test("takes the old one's place only when its run has published; then the old one goes", async () => {
    const { videoId, key } = await readyVideo("the first file");
    const second = await send(videoId, "the second file");
    expect(await runOf(videoId)).toMatchObject({ reason: "replace", sourceKey: second });
    expect(await videoOf(videoId)).toMatchObject({ status: "ready", originalKey: key });
    await age(videoId);
    await removeSpareOriginals({ signal });
    expect(await objectStore().head(key)).not.toBeNull();
    expect(await objectStore().head(second)).not.toBeNull();
    await publish(videoId);
    expect(await videoOf(videoId)).toMatchObject({
      originalKey: second,
      sourceFilename: "second.mp4",
      sourceSizeBytes: 15,
    });
    await removeSpareOriginals({ signal });
    expect(await objectStore().head(key)).toBeNull();
    expect(await objectStore().head(second)).not.toBeNull();
  });

  test("is what a retry works on when nothing of the one before was ever published", async () => {
    const { videoId, key } = await readyVideo("broken");
    await db().update(videos).set({ status: "failed", failureCode: "corrupt" }).where(eq(videos.id, videoId));
    const second = await send(videoId, "whole");
    await cancelProcessing({ viewer, videoId });
    await reprocessVideo({ viewer, videoId });
    expect(await runOf(videoId)).toMatchObject({ sourceKey: second });
    expect(await videoOf(videoId)).toMatchObject({ originalKey: second, sourceFilename: "second.mp4" });
    await age(videoId);
    await removeSpareOriginals({ signal });
    expect(await objectStore().head(key)).toBeNull();
    expect(await objectStore().head(second)).not.toBeNull();
  });

  test("whose replacement is being made keeps no other's spare file from going", async () => {
    const spare = await readyVideo("spare");
    await send(spare.videoId, "its new file");
    await publish(spare.videoId);
    const busy = await readyVideo("busy");
    await send(busy.videoId, "not there yet");
    for (const { videoId } of [spare, busy]) await age(videoId);
    expect(await listVideosWithSpareOriginals(db(), 1000)).toContain(spare.videoId);
    expect(await listVideosWithSpareOriginals(db(), 1000)).not.toContain(busy.videoId);
  });

  test("ends the run of a file before it", async () => {
    const { videoId } = await readyVideo("one");
    await send(videoId, "two");
    const before = await runOf(videoId);
    const third = await send(videoId, "three");
    expect(await runOf(videoId)).toMatchObject({ sourceKey: third });
    const [cancelled] = await db()
      .select()
      .from(runs)
      .where(eq(runs.id, before?.id ?? ""));
    expect(cancelled?.state).toBe("cancelled");
  });

  test("is refused while another is on its way, and cancelled without harm to the video", async () => {
    const { videoId, key } = await readyVideo("here");
    const file = { filename: "next.mp4", sizeBytes: 9 };
    const { uploadId } = await replaceFile({ viewer, videoId, file });
    await expect(replaceFile({ viewer, videoId, file })).rejects.toMatchObject({ code: "conflict" });
    await cancelUpload({ uploadId });
    expect(await videoOf(videoId)).toMatchObject({ status: "ready", originalKey: key });
    expect(await db().select().from(uploads).where(eq(uploads.id, uploadId))).toEqual([]);
    await replaceFile({ viewer, videoId, file });
  });

  test("is refused for a video that waits for its first file, and for another's", async () => {
    const fresh = await makeVideo({ creatorId: owner.account.id, channelId: owner.channelId });
    const file = { filename: "x.mp4", sizeBytes: 1 };
    await expect(replaceFile({ viewer, videoId: fresh.id, file })).rejects.toMatchObject({ code: "conflict" });
    const foreign = await makeVideo();
    await expect(replaceFile({ viewer, videoId: foreign.id, file })).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a wished MP3 is queued with each run that publishes", async () => {
  const { videoId } = await readyVideo("sound", { mp3: true });
  await send(videoId, "sound again");
  await publish(videoId);
  expect(await db().select().from(audioExports).where(eq(audioExports.videoId, videoId))).toMatchObject([
    { state: "queued", requestedBy: null },
  ]);
});

test("the same file twice is found, within one owner's videos only", async () => {
  const first = await readyVideo("the very same bytes");
  const second = await readyVideo("the very same bytes");
  const other = await readyVideo("other bytes");
  for (const { uploadId } of [first, second, other]) await hashOriginal({ uploadId, signal });
  const found = await listDuplicates(db(), [first.videoId, second.videoId, other.videoId]);
  expect(found).toMatchObject([{ videoId: second.videoId, id: first.videoId }]);
});

describe("a video that is deleted and restored while its new file is processed", () => {
  const away = async (videoId: string) => {
    await deleteVideo({ viewer, videoId });
    expect(await runOf(videoId)).toBeUndefined();
    await age(videoId);
    await removeSpareOriginals({ signal });
  };

  test("goes on with the new file", async () => {
    const { videoId, key } = await readyVideo("the first file");
    const second = await send(videoId, "the second file");
    await away(videoId);
    await restoreVideo({ viewer, videoId });
    expect(await runOf(videoId)).toMatchObject({ reason: "replace", sourceKey: second });
    expect(await videoOf(videoId)).toMatchObject({ status: "ready", originalKey: key });
    await removeSpareOriginals({ signal });
    expect(await objectStore().head(second)).not.toBeNull();
    await publish(videoId);
    expect(await videoOf(videoId)).toMatchObject({ originalKey: second });
  });

  test("goes on from what was made when its files have not gone yet", async () => {
    const { videoId } = await readyVideo("the first file");
    await send(videoId, "the second file");
    const before = await runOf(videoId);
    await db()
      .update(runs)
      .set({ plan: livePlan("none") })
      .where(eq(runs.id, before?.id ?? ""));
    await away(videoId);
    await restoreVideo({ viewer, videoId });
    expect(await runOf(videoId)).toMatchObject({ id: before?.id });
  });

  test("stays stopped when a person had stopped the new file before", async () => {
    const { videoId } = await readyVideo("the first file");
    await send(videoId, "the second file");
    await cancelProcessing({ viewer, videoId });
    await away(videoId);
    await restoreVideo({ viewer, videoId });
    expect(await runOf(videoId)).toBeUndefined();
  });

  test("loses no file whose last byte came while it was away", async () => {
    const { videoId } = await readyVideo("the first file");
    const { uploadId } = await replaceFile({ viewer, videoId, file: { filename: "late.mp4", sizeBytes: 4 } });
    await writeFile(uploadPath(uploadId), "late");
    await deleteVideo({ viewer, videoId });
    expect(await finishUpload({ uploadId })).toBe("waiting");
    await expireUploads({ signal, now: new Date(Date.now() + 6 * 24 * 3600 * 1000) });
    await restoreVideo({ viewer, videoId });
    await reconcileUploads({ signal });
    expect(await runOf(videoId)).toMatchObject({ reason: "replace", sourceKey: originalKey({ videoId, uploadId }) });
  });
});
