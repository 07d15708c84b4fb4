import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { addCaption } from "#lib/captions/add-caption.ts";
import { db } from "#lib/db/client.ts";
import { assets, uploads, videos } from "#lib/db/schema/index.ts";
import { objectStore } from "#lib/storage/index.ts";
import { videoPrefixes } from "#lib/storage/keys.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { expireUploads } from "#lib/uploads/expire-uploads.ts";
import { sendPosterImage } from "#lib/videos/choose-poster.ts";
import { restoreVideo } from "#lib/videos/delete-video.ts";
import { purgeVideo } from "#lib/videos/purge-video.ts";
import { makePerson } from "#tests/factories/people.ts";
import { makeUpload, makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { expectLedgerIsDisk } from "#tests/setup/ledger.ts";

testDatabase();

const { signal } = new AbortController();
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** An upload that receives, to whose video its owner has sent a poster and captions already. */
const furnishedUpload = async (expiresAt = new Date(Date.now() + 86_400_000)) => {
  const { account: viewer, channelId } = await makePerson();
  const { id: videoId } = await makeVideo({ creatorId: viewer.id, channelId, status: "uploading" });
  const { id: uploadId } = await makeUpload({ videoId, ownerId: viewer.id, expiresAt });
  await sendPosterImage({ viewer, videoId, read: async () => png });
  const bytes = Buffer.from("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n");
  const facts = { language: "en", label: "English", kind: "subtitles" as const, isDefault: false };
  await addCaption({ viewer, videoId, bytes, facts });
  return { viewer, videoId, uploadId };
};

const filesOf = async (videoId: string) => {
  const found: string[] = [];
  for (const prefix of videoPrefixes(videoId)) {
    for await (const { key } of objectStore().list(prefix)) found.push(key);
  }
  return found;
};
const purgeIsDue = async (videoId: string) =>
  (await db().execute(sql`select 1 from graphile_worker.jobs where key = ${`purge:${videoId}`} and run_at <= now()`))
    .length === 1;
const rowsOf = async ({ videoId, uploadId }: { videoId: string; uploadId: string }) => ({
  uploads: (await db().select().from(uploads).where(eq(uploads.id, uploadId))).length,
  videos: (await db().select().from(videos).where(eq(videos.id, videoId))).length,
  assets: (await db().select().from(assets).where(eq(assets.videoId, videoId))).length,
});

test("an upload that is taken back takes along what was sent to its video; nobody brings that back", async () => {
  const one = await furnishedUpload();
  expect((await filesOf(one.videoId)).length).toBeGreaterThan(1);
  await cancelUpload({ uploadId: one.uploadId });
  expect((await rowsOf(one)).uploads).toBe(0);
  await expect(restoreVideo({ viewer: one.viewer, videoId: one.videoId })).rejects.toMatchObject({ code: "gone" });
  expect(await purgeIsDue(one.videoId)).toBe(true);
  await purgeVideo({ videoId: one.videoId, signal });
  expect(await rowsOf(one)).toEqual({ uploads: 0, videos: 0, assets: 0 });
  expect(await filesOf(one.videoId)).toEqual([]);
  await expectLedgerIsDisk();
});

test("an upload that nobody goes on with expires with it too", async () => {
  const one = await furnishedUpload(new Date(Date.now() - 1000));
  await expireUploads({ signal });
  expect((await rowsOf(one)).uploads).toBe(0);
  expect(await purgeIsDue(one.videoId)).toBe(true);
});
