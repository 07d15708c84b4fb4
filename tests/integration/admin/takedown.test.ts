import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, transaction } from "#lib/db/client.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { assets, auditLog, captions, outbox, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { forgetChangedMedia } from "#lib/playback/open-media.ts";
import { objectStore } from "#lib/storage/index.ts";
import { restoreVideo } from "#lib/videos/delete-video.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { waitFor } from "#tests/setup/wait-for.ts";
import { type AdminSite, type Caller, callOf, serveAdmin } from "./call.ts";

testDatabase();

let site: AdminSite;
let admin: Caller;
let owner: Caller;
let stranger: Caller;
const call = callOf(() => site);
const listening = new AbortController();

beforeAll(async () => {
  site = await serveAdmin();
  // As a web process does when it starts.
  forgetChangedMedia(listening.signal);
  admin = await makeBearer({ role: "admin" });
  owner = await makeBearer();
  stranger = await makeBearer();
});
afterAll(async () => {
  listening.abort();
  await site.stop();
});

/** A public video with a picture, a segment, a sound file and a text track, all in the store. */
const published = async (visibility: "public" | "private" = "public") => {
  const video = await makeVideo({
    ...{ channelId: owner.channel.id, creatorId: owner.account.id, title: "Karpaty", visibility, status: "ready" },
    publishedAt: new Date(),
  });
  const prefix = `runs/${video.id}/${newId()}/`;
  const keys = { poster: `${prefix}poster.jpg`, segment: `${prefix}0.m4s`, sound: `exports/${video.id}/a/sound.mp3` };
  for (const key of Object.values(keys)) await objectStore().put({ key, body: Buffer.alloc(500, 1) });
  const caption = { id: newId(), key: `${prefix}caption.vtt` };
  await objectStore().put({ key: caption.key, body: Buffer.from("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n") });
  await db()
    .insert(captions)
    .values({
      ...{ ...caption, videoId: video.id, language: "en", label: "English", kind: "captions", origin: "upload" },
      ...{ sizeBytes: 40, cueCount: 1 },
    });
  await transaction((tx) =>
    insertAssets(tx, [
      { videoId: video.id, kind: "audio", key: keys.sound, sizeBytes: 500, contentType: "audio/mpeg" },
    ]),
  );
  await db().update(videos).set({ posterKey: keys.poster }).where(eq(videos.id, video.id));
  const [asset] = await db().select().from(assets).where(eq(assets.videoId, video.id));
  return {
    id: video.id,
    parts: {
      poster: `/media/${keys.poster}`,
      segment: `/media/${keys.segment}`,
      captions: `/videos/${video.id}/captions/${caption.id}`,
    },
    sound: `/assets/${asset?.id}`,
  };
};

const statuses = (as: Caller | undefined, paths: Record<string, string>) =>
  Promise.all(Object.values(paths).map(async (path) => (await call({ as, path })).status));

const takeDown = (videoId: string, reason = "Copied") =>
  call({ as: admin, method: "POST", path: `/admin/videos/${videoId}/takedown`, body: { reason } });

test("what was delivered a moment ago stops at once, for its owner too, and comes back when the video is put back", async () => {
  const video = await published();
  expect(await statuses(undefined, video.parts)).toEqual([200, 200, 200]);
  expect((await call({ as: owner, path: video.sound })).status).toBe(200);
  expect((await takeDown(video.id)).body).toMatchObject({ takenDown: { reason: "Copied" }, visibility: "public" });
  // Within the event's way from the database, not after the memory of three seconds.
  const startedAt = performance.now();
  await waitFor({
    what: "the end of delivery",
    timeoutMs: 2_000,
    until: async () => ((await statuses(undefined, video.parts)).every((status) => status === 404) ? true : null),
  });
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(await statuses(owner, video.parts)).toEqual([404, 404, 404]);
  expect((await call({ as: owner, path: video.sound })).status).toBe(404);
  // Admins look at what they judge, and no shared cache keeps it.
  expect(await statuses(admin, video.parts)).toEqual([200, 200, 200]);
  expect((await call({ as: admin, path: video.parts.segment })).headers.get("cache-control")).toMatch(/^private/);
  expect((await call({ as: admin, method: "POST", path: `/admin/videos/${video.id}/restore` })).status).toBe(200);
  await waitFor({
    what: "delivery again",
    timeoutMs: 2_000,
    until: async () => ((await statuses(undefined, video.parts)).every((status) => status === 200) ? true : null),
  });
});

test("it is there for its owner and admins alone, with the reason and without addresses", async () => {
  const video = await published();
  await takeDown(video.id, "Someone else's film");
  const path = `/videos/${video.id}`;
  expect(await statuses(undefined, { path })).toEqual([404]);
  expect(await statuses(stranger, { path })).toEqual([404]);
  const seen = (await call({ as: owner, path })).body;
  expect(seen).toMatchObject({
    playable: false,
    assets: [],
    renditions: [],
    takenDown: { reason: "Someone else's film" },
  });
  expect(seen.playback).toMatchObject({ hlsUrl: null, posterUrl: null, thumbnails: [], captions: [] });
  const listed = async (as: Caller | undefined, query = "") =>
    (await call({ as, path: `/videos${query}` })).body.items.map(({ id }: { id: string }) => id);
  expect(await listed(undefined)).not.toContain(video.id);
  expect(await listed(owner, "?mine=true")).toContain(video.id);
  const found = await call({ as: admin, path: `/admin/videos?is=taken_down&q=${owner.account.username}` });
  expect(found.body.items).toMatchObject([{ id: video.id, owner: { id: owner.account.id } }, {}].slice(0, 1));
});

test("its owner cannot publish it, may edit and delete it, and its files stay", async () => {
  const video = await published("private");
  const path = `/videos/${video.id}`;
  await takeDown(video.id);
  const publish = await call({ as: owner, method: "PATCH", path, body: { visibility: "public" } });
  expect([publish.status, publish.body.error.code]).toEqual([409, "conflict"]);
  expect((await call({ as: owner, method: "PATCH", path, body: { title: "Other" } })).body.title).toBe("Other");
  expect(await objectStore().head(video.parts.segment.slice("/media/".length))).not.toBeNull();
  expect((await call({ as: owner, method: "DELETE", path })).status).toBe(204);
});

test("a deleted video is taken down as well, and comes back with the reason and nothing else", async () => {
  const video = await published();
  const path = `/videos/${video.id}`;
  expect((await call({ as: owner, method: "DELETE", path })).status).toBe(204);
  expect((await takeDown(video.id)).status).toBe(200);
  const back = await restoreVideo({ viewer: owner.account, videoId: video.id });
  expect(back).toMatchObject({ visibility: "public", takenDown: { reason: "Copied" }, playback: { hlsUrl: null } });
  expect(await statuses(undefined, { path, ...video.parts })).toEqual([404, 404, 404, 404]);
  expect((await takeDown(newId())).status).toBe(404);
});

test("both are told to the uploader and audited, once each, and a missing reason changes nothing", async () => {
  const video = await published();
  expect((await takeDown(video.id, " ")).status).toBe(400);
  await Promise.all([takeDown(video.id), takeDown(video.id)]);
  const back = () => call({ as: admin, method: "POST", path: `/admin/videos/${video.id}/restore` });
  expect((await Promise.all([back(), back()])).map(({ status }) => status).sort()).toEqual([200, 409]);
  const told = await db().select().from(outbox).where(eq(outbox.videoId, video.id));
  expect(told.map(({ type, userId, data }) => ({ type, userId, data }))).toEqual([
    { type: "video.taken_down", userId: owner.account.id, data: { title: "Karpaty", reason: "Copied" } },
    { type: "video.restored", userId: owner.account.id, data: { title: "Karpaty" } },
  ]);
  const rows = await db().select().from(auditLog).where(eq(auditLog.targetId, video.id)).orderBy(auditLog.id);
  expect(rows.map(({ action }) => action)).toEqual(["video.take_down", "video.put_back"]);
  expect(rows[0]).toMatchObject({
    actorId: admin.account.id,
    after: { takenDown: true },
    details: { reason: "Copied" },
  });
});
