import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { auditLog, captions, playbackTokens, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { keepPlaybackTokens } from "#lib/playback/keep-playback-tokens.ts";
import { keyRing } from "#lib/playback/key-ring.ts";
import { forgetChangedMedia } from "#lib/playback/open-media.ts";
import { signScope } from "#lib/playback/signature.ts";
import { objectStore } from "#lib/storage/index.ts";
import { captionKey } from "#lib/storage/keys.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as cuesRoute from "../../../app/api/v1/videos/[videoId]/captions/[captionId]/cues/route.ts";
import * as oneTokenRoute from "../../../app/api/v1/videos/[videoId]/playback-tokens/[tokenId]/route.ts";
import * as tokensRoute from "../../../app/api/v1/videos/[videoId]/playback-tokens/route.ts";
import * as videoRoute from "../../../app/api/v1/videos/[videoId]/route.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
const listening = new AbortController();

beforeAll(async () => {
  const video = "/api/v1/videos/(?<videoId>[^/]+)";
  site = await serveRoutes([
    { path: /^\/media\//, module: mediaRoute },
    { path: new RegExp(`^${video}$`), module: videoRoute },
    { path: new RegExp(`^${video}/captions/(?<captionId>[^/]+)/cues$`), module: cuesRoute },
    { path: new RegExp(`^${video}/playback-tokens$`), module: tokensRoute },
    { path: new RegExp(`^${video}/playback-tokens/(?<tokenId>[^/]+)$`), module: oneTokenRoute },
  ]);
  owner = await makeBearer();
  forgetChangedMedia(listening.signal);
});
afterAll(async () => {
  listening.abort();
  await site.stop();
});

type Sent = { as?: Record<string, string>; body?: unknown };
const send = (method: string, path: string, { as = owner.headers, body }: Sent = {}) =>
  fetch(new URL(path, site.url), {
    method,
    headers: { ...as, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const stranger = {};
const get = (path: string) => send("GET", path, { as: stranger });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A private video with one object of every kind that is delivered. */
const published = async () => {
  const runId = newId();
  const video = await makeVideo({ creatorId: owner.user.id, channelId: owner.channel.id, status: "ready" });
  const prefix = `runs/${video.id}/${runId}/`;
  const posterKey = `${prefix}poster.jpg`;
  const poster = { posterKey, posterWidths: [320] };
  await db()
    .update(videos)
    .set({ currentRunId: runId, ...poster })
    .where(eq(videos.id, video.id));
  const names = ["index.m3u8", "360p/index.m3u8", "360p/init.mp4", "360p/00000.m4s", "poster.jpg", "poster-w320.webp"];
  for (const name of [...names, "storyboard.vtt", "storyboard-0.jpg", "preview.mp4"]) {
    await objectStore().put({ key: prefix + name, body: Buffer.from("#EXTM3U\n") });
  }
  const captionId = newId();
  const key = captionKey({ videoId: video.id, captionId, version: 1 });
  await objectStore().put({ key, body: Buffer.from("WEBVTT\n\n00:01.000 --> 00:02.000\nТак\n") });
  const texts = { language: "uk", label: "Українська", kind: "subtitles", origin: "upload" } as const;
  await db()
    .insert(captions)
    .values({ id: captionId, videoId: video.id, ...texts, key, sizeBytes: 8, cueCount: 1 });
  return video;
};

type Video = Awaited<ReturnType<typeof published>>;
const made = async (video: Video, body: Record<string, unknown> = {}) => {
  const path = `/api/v1/videos/${video.id}/playback-tokens`;
  const response = await send("POST", path, { body: { expiresAt: inSeconds(3600), ...body } });
  expect(response.status).toBe(201);
  return response.json();
};
const opened = async (video: Video, token: string) =>
  (await get(`/api/v1/videos/${video.id}?token=${encodeURIComponent(token)}`)).json();

/** Address of one object of every kind, as a player finds it from the playlist's. */
const everyKind = (dto: {
  playback: { hlsUrl: string; posterUrl: string; thumbnails: { url: string }[]; captions: { url: string }[] };
}) => {
  const beside = (name: string) => new URL(name, new URL(dto.playback.hlsUrl, site.url)).pathname;
  const names = ["360p/index.m3u8", "360p/init.mp4", "360p/00000.m4s", "storyboard.vtt", "storyboard-0.jpg"];
  const caption = dto.playback.captions[0]?.url ?? "";
  const thumbnails = dto.playback.thumbnails.map(({ url }) => url);
  return [
    ...[dto.playback.hlsUrl, dto.playback.posterUrl, ...thumbnails, caption],
    ...[...names, "preview.mp4"].map(beside),
  ];
};
const statuses = async (paths: readonly string[]) =>
  new Set(await Promise.all(paths.map(async (path) => (await get(path)).status)));

describe("a playback token", () => {
  it("opens its private video to a stranger: every playlist, segment, caption and image", async () => {
    const video = await published();
    expect((await get(`/api/v1/videos/${video.id}`)).status).toBe(404);
    const { token } = await made(video);
    const dto = await opened(video, token);
    expect(dto).toMatchObject({ id: video.id, playable: true, editable: false });
    const paths = everyKind(dto);
    expect(paths).toHaveLength(10);
    expect(await statuses(paths)).toEqual(new Set([200]));
    // Without the signature nothing is there.
    expect(await statuses(paths.map((path) => path.replace(/\/signed\/[^/]+/, "")))).toEqual(new Set([404]));
  });

  it("opens the lines of its captions for a transcript, as long as it opens the captions", async () => {
    const video = await published();
    const { token, id } = await made(video);
    const dto = await opened(video, token);
    const cues = `/api/v1/videos/${video.id}/captions/${dto.playback.captions[0].id}/cues`;
    const ask = async (given: string) => (await get(`${cues}?token=${given}`)).status;
    expect((await get(cues)).status).toBe(404);
    expect(await (await get(`${cues}?token=${token}`)).json()).toEqual({
      items: [{ startMs: 1000, endMs: 2000, text: "Так" }],
      nextCursor: null,
    });
    expect(await ask(`${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).toBe(403);
    expect(await ask((await made(await published())).token)).toBe(403);
    await send("DELETE", `/api/v1/videos/${video.id}/playback-tokens/${id}`);
    expect(await ask(token)).toBe(403);
    const second = await made(video);
    await db().update(videos).set({ takenDownAt: new Date() }).where(eq(videos.id, video.id));
    expect(await ask(second.token)).toBe(404);
  });

  it("is told once, kept as a hash, and named in the audit log without itself", async () => {
    const video = await published();
    const answer = await made(video, { note: "  for the press  " });
    expect(answer).toMatchObject({ note: "for the press", state: "open", sites: [] });
    expect(answer.watchUrl).toBe(`/watch/${video.id}?token=${answer.token}`);
    const rows = await db().select().from(playbackTokens).where(eq(playbackTokens.videoId, video.id));
    const entries = await db().select().from(auditLog).where(eq(auditLog.targetId, video.id));
    expect(entries.map(({ action }) => action)).toEqual(["video.playback_token_made"]);
    expect(JSON.stringify([rows, entries])).not.toContain(answer.token);
    const list = await send("GET", `/api/v1/videos/${video.id}/playback-tokens`);
    expect(JSON.stringify(await list.json())).not.toContain(answer.token);
  });

  it("is 403 when it is edited, another video's, expired or revoked; 404 where there is nothing", async () => {
    const video = await published();
    const { token, id } = await made(video);
    const ask = async (videoId: string, given: string) =>
      (await get(`/api/v1/videos/${videoId}?token=${given}`)).status;
    expect(await ask(video.id, `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`)).toBe(403);
    expect(await ask((await published()).id, token)).toBe(403);
    expect(await ask(newId(), token)).toBe(404);
    await db().update(playbackTokens).set({ expiresAt: new Date() }).where(eq(playbackTokens.id, id));
    expect(await ask(video.id, token)).toBe(403);
    const second = await made(video);
    await send("DELETE", `/api/v1/videos/${video.id}/playback-tokens/${second.id}`);
    expect(await ask(video.id, second.token)).toBe(403);
    const third = await made(video);
    await db().update(videos).set({ takenDownAt: new Date() }).where(eq(videos.id, video.id));
    expect(await ask(video.id, third.token)).toBe(404);
  });

  it("names hosts only as sites, and times within a year", async () => {
    const video = await published();
    const path = `/api/v1/videos/${video.id}/playback-tokens`;
    const answer = await made(video, { sites: ["Example.org", "*.example.org"] });
    expect(answer).toMatchObject({ sites: ["example.org", "*.example.org"], watchUrl: null });
    for (const body of [
      { expiresAt: inSeconds(-1) },
      { expiresAt: inSeconds(400 * 86_400) },
      { expiresAt: inSeconds(60), sites: ["example.org; script-src *"] },
      { expiresAt: "tomorrow" },
      {},
    ]) {
      expect((await send("POST", path, { body })).status, JSON.stringify(body)).toBe(400);
    }
  });
});

it("tokens are forgotten a month after their end, and no sooner", async () => {
  const video = await published();
  const ended = async (days: number) => {
    const { id } = await made(video);
    const expiresAt = new Date(Date.now() - days * 86_400_000);
    await db().update(playbackTokens).set({ expiresAt }).where(eq(playbackTokens.id, id));
    return id;
  };
  const [kept] = [await ended(29), await ended(31)];
  await keepPlaybackTokens();
  const rows = await db().select().from(playbackTokens).where(eq(playbackTokens.videoId, video.id));
  expect(rows.map(({ id }) => id)).toEqual([kept]);
});

describe("media addresses made for a token", () => {
  it("end with it: edited, foreign, expired and revoked ones are 403 on each kind of object", async () => {
    const video = await published();
    const { token, id } = await made(video);
    const paths = everyKind(await opened(video, token));
    const signature = paths[0]?.split("/")[3] ?? "";
    const parts = signature.split(".");
    const later = parts.with(1, (Number.parseInt(parts[1] ?? "", 36) + 60).toString(36)).join(".");
    const session = parts.with(3, "s").join(".");
    // The very same but for another purpose, should there ever be one.
    const scope = { prefix: `runs/${video.id}/`, purpose: "download" as "playback", playbackVersion: 1, grant: "s" };
    const purpose = signScope({ key: keyRing()[0], scope: { ...scope, expiresAtSeconds: 4_000_000_000 } });
    const expired = signScope({ key: keyRing()[0], scope: { ...scope, purpose: "playback", expiresAtSeconds: 1000 } });
    for (const bad of [later, session, `${signature}A`, "x", purpose, expired]) {
      expect(await statuses(paths.map((path) => path.replace(signature, bad)))).toEqual(new Set([403]));
    }
    const foreign = await published();
    const others = everyKind(await opened(foreign, (await made(foreign)).token));
    const theirs = others[0]?.split("/")[3] ?? "";
    expect(await statuses(paths.map((path) => path.replace(signature, theirs)))).toEqual(new Set([403]));
    expect(await statuses(paths)).toEqual(new Set([200]));
    await send("DELETE", `/api/v1/videos/${video.id}/playback-tokens/${id}`);
    await expect.poll(() => statuses(paths), { timeout: 5000, interval: 50 }).toEqual(new Set([403]));
  });

  it("hold no longer than the token", async () => {
    const video = await published();
    const expiresAt = Math.floor(Date.now() / 1000) + 2;
    const { token } = await made(video, { expiresAt: new Date(expiresAt * 1000).toISOString() });
    const paths = everyKind(await opened(video, token));
    expect(Number.parseInt(paths[0]?.split("/")[3]?.split(".")[1] ?? "", 36)).toBe(expiresAt);
    await expect.poll(() => statuses(paths), { timeout: 5000, interval: 100 }).toEqual(new Set([403]));
  });

  it("leave other tokens and people's own addresses alone, unless everything is revoked", async () => {
    const video = await published();
    const [first, second] = [await made(video), await made(video)];
    const own = everyKind(await (await send("GET", `/api/v1/videos/${video.id}`)).json());
    const others = everyKind(await opened(video, second.token));
    await send("DELETE", `/api/v1/videos/${video.id}/playback-tokens/${first.id}`);
    expect(await statuses([...own, ...others])).toEqual(new Set([200]));
    const answer = await send("DELETE", `/api/v1/videos/${video.id}/playback-tokens`);
    expect(await answer.json()).toEqual({ revoked: 1 });
    await expect.poll(() => statuses([...own, ...others]), { timeout: 5000, interval: 50 }).toEqual(new Set([403]));
    const anew = everyKind(await (await send("GET", `/api/v1/videos/${video.id}`)).json());
    expect(await statuses(anew)).toEqual(new Set([200]));
  });

  it("play on while the operator changes keys, and the next ones are signed with the new key", async () => {
    const video = await published();
    const { token } = await made(video);
    const [a, b] = [`ka:${"a".repeat(43)}`, `kb:${"b".repeat(43)}`];
    try {
      overrideEnv({ PLAYBACK_KEYS: a });
      const running = everyKind(await opened(video, token));
      overrideEnv({ PLAYBACK_KEYS: `${b},${a}` });
      expect(await statuses(running)).toEqual(new Set([200]));
      const renewed = everyKind(await opened(video, token));
      expect(renewed[0]).toMatch(/^\/media\/signed\/kb\./);
      overrideEnv({ PLAYBACK_KEYS: b });
      expect(await statuses(renewed)).toEqual(new Set([200]));
      expect(await statuses(running)).toEqual(new Set([403]));
    } finally {
      overrideEnv({ PLAYBACK_KEYS: undefined });
    }
  });
});
