import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { db } from "#lib/db/client.ts";
import { assets, audioExports, videos } from "#lib/db/schema/index.ts";
import { removeAudio } from "#lib/exports/remove-audio.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import {
  chosenPosterKey,
  cleanPosterKey,
  exportKey,
  originalKey,
  sentImageKey,
  thumbnailKey,
} from "#lib/storage/keys.ts";
import { sendPosterImage } from "#lib/videos/choose-poster.ts";
import { sweepFiles } from "#lib/videos/sweep-files.ts";
import { makePerson, type Person } from "#tests/factories/people.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

let owner: Person;
beforeAll(async () => {
  owner = await makePerson();
});

const { signal } = new AbortController();
const later = () => new Date(Date.now() + 2 * 3600 * 1000);
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

const ownVideo = () => makeVideo({ creatorId: owner.account.id, channelId: owner.channelId, status: "ready" });
const put = async (key: string) => {
  await objectStore().put({ key, body: Buffer.from("bytes") });
  return key;
};
const isThere = async (key: string) => (await objectStore().head(key)) !== null;
const isSweepQueued = async (videoId: string) =>
  (
    await db().execute(sql`
      select 1 from graphile_worker.jobs where key = ${`sweep-files:${videoId}`} and run_at > now() + interval '1 hour'`)
  ).length === 1;

test("files that no row names go after an hour; everything that is named or young stays", async () => {
  const { id: videoId } = await ownVideo();
  const [shown, replaced, making, exportId] = [newId(), newId(), newId(), newId()];
  const poster = (posterId: string) => chosenPosterKey({ videoId, posterId });
  const kept = await Promise.all([
    put(poster(shown)),
    put(cleanPosterKey(poster(shown))),
    put(thumbnailKey({ posterKey: poster(shown), width: 320 })),
    put(thumbnailKey({ posterKey: poster(shown), width: 640 })),
    put(poster(replaced)),
    put(thumbnailKey({ posterKey: poster(replaced), width: 320 })),
    put(sentImageKey({ videoId, imageId: making })),
    put(exportKey({ videoId, exportId, attemptId: newId() })),
    put(originalKey({ videoId, uploadId: newId() })),
  ]);
  const loose = await Promise.all([
    put(poster(newId())),
    put(cleanPosterKey(poster(newId()))),
    put(thumbnailKey({ posterKey: poster(newId()), width: 320 })),
    put(sentImageKey({ videoId, imageId: newId() })),
    put(exportKey({ videoId, exportId: newId(), attemptId: newId() })),
  ]);
  await db().insert(audioExports).values({ id: exportId, videoId, options: {} });
  const row = { videoId, kind: "poster" as const, sizeBytes: 5, contentType: "image/jpeg" };
  await db()
    .insert(assets)
    .values({ id: newId(), ...row, key: poster(replaced) });
  const want = { kind: "image", imageKey: sentImageKey({ videoId, imageId: making }), format: "png" };
  const posterChoice = { id: making, want, failureCode: null };
  await db()
    .update(videos)
    .set({ posterKey: poster(shown), posterChoice })
    .where(eq(videos.id, videoId));

  await sweepFiles({ videoId, signal });
  expect(await Promise.all([...kept, ...loose].map(isThere))).not.toContain(false);
  await sweepFiles({ videoId, signal, now: later() });
  expect(await Promise.all(kept.map(isThere))).not.toContain(false);
  expect(await Promise.all(loose.map(isThere))).not.toContain(true);
});

test("a sent picture whose choice was replaced before it was made goes", async () => {
  const { id: videoId } = await ownVideo();
  const send = () => sendPosterImage({ viewer: owner.account, videoId, read: async () => png });
  await send();
  const imageOf = async () => {
    const [row] = await db().select({ choice: videos.posterChoice }).from(videos).where(eq(videos.id, videoId));
    return String(Object(Object(row?.choice).want).imageKey);
  };
  const first = await imageOf();
  await send();
  const second = await imageOf();
  expect(await isSweepQueued(videoId)).toBe(true);
  await sweepFiles({ videoId, signal, now: later() });
  expect([await isThere(first), await isThere(second)]).toEqual([false, true]);
});

test("the look is queued before a picture is written and with a removal", async () => {
  const sent = await ownVideo();
  const read = () => Promise.reject(new Error("the connection broke"));
  await expect(sendPosterImage({ viewer: owner.account, videoId: sent.id, read })).rejects.toThrow();
  expect(await isSweepQueued(sent.id)).toBe(false);

  const { id: videoId } = await ownVideo();
  const exportId = newId();
  await db().insert(audioExports).values({ id: exportId, videoId, options: {} });
  await removeAudio({ viewer: owner.account, videoId, exportId });
  expect(await isSweepQueued(videoId)).toBe(true);
});
