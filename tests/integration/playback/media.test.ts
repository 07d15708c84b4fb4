import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { assets, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";
import { objectStore } from "#lib/storage/index.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { makeVideo } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as assetRoute from "../../../app/api/v1/assets/[assetId]/route.ts";
import * as mediaRoute from "../../../app/media/[...key]/route.ts";

testDatabase();

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
let other: Awaited<ReturnType<typeof makeBearer>>;

beforeAll(async () => {
  site = await serveRoutes([
    { path: /^\/media\//, module: mediaRoute },
    { path: /^\/api\/v1\/assets\/(?<assetId>[^/]+)$/, module: assetRoute },
  ]);
  owner = await makeBearer();
  other = await makeBearer();
});
afterAll(() => site.stop());

const playlist = `#EXTM3U\n${"#EXTINF:4,\n00000.m4s\n".repeat(200)}`;
const segment = randomBytes(1_300_000);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const published = async (visibility: "public" | "unlisted" | "private") => {
  const video = await makeVideo({ creatorId: owner.user.id, channelId: owner.channel.id, visibility, status: "ready" });
  const prefix = `runs/${video.id}/${newId()}/`;
  await objectStore().put({ key: `${prefix}index.m3u8`, body: Buffer.from(playlist) });
  await objectStore().put({ key: `${prefix}360p/00000.m4s`, body: segment });
  await objectStore().put({ key: `${prefix}poster.jpg`, body: Buffer.from("picture") });
  await objectStore().put({ key: `${prefix}poster-w320.webp`, body: Buffer.from("small") });
  return { video, prefix };
};
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(new URL(path, site.url), { method, headers });
const signed = ({ video, prefix }: Awaited<ReturnType<typeof published>>, now = new Date()) =>
  mediaUrl({ key: `${prefix}index.m3u8`, video, now });

describe("who may watch", () => {
  it("opens public and unlisted videos to everyone by address", async () => {
    for (const visibility of ["public", "unlisted"] as const) {
      const { prefix, video } = await published(visibility);
      const response = await get(mediaUrl({ key: `${prefix}360p/00000.m4s`, video, now: new Date() }));
      expect(response.status).toBe(200);
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      const scope = visibility === "public" ? "public" : "private";
      expect(response.headers.get("cache-control")).toBe(`${scope}, max-age=31536000, immutable`);
      await response.arrayBuffer();
    }
  });

  it("opens private videos to their owner's session and to nobody else's", async () => {
    const { prefix } = await published("private");
    for (const name of ["index.m3u8", "360p/00000.m4s", "poster.jpg", "poster-w320.webp"]) {
      expect((await get(`/media/${prefix}${name}`)).status).toBe(404);
      expect((await get(`/media/${prefix}${name}`, other.headers)).status).toBe(404);
      const response = await get(`/media/${prefix}${name}`, owner.headers);
      expect(response.status).toBe(200);
      expect(response.headers.get("cache-control")).toMatch(/^private/);
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      await response.arrayBuffer();
    }
  });

  it("opens private videos to a signature, which relative addresses inherit", async () => {
    const made = await published("private");
    const url = signed(made);
    expect(url).toMatch(/^\/media\/signed\/[^/]+\/runs\//);
    expect((await get(url)).status).toBe(200);
    expect((await get(new URL("360p/00000.m4s", new URL(url, site.url)).pathname)).status).toBe(200);
  });

  it("refuses edited, foreign, expired and revoked signatures with 403", async () => {
    const made = await published("private");
    const foreign = await published("private");
    const url = signed(made);
    const token = url.split("/")[3] ?? "";
    const flipped = token.at(-2) === "A" ? "B" : "A";
    const edited = `${token.slice(0, -2)}${flipped}${token.at(-1)}`;
    const longer = token.replace(/^[^.]+/, (expiry) => (Number.parseInt(expiry, 36) + 3600).toString(36));
    for (const bad of [edited, longer, "x", `${token}A`]) {
      expect((await get(url.replace(token, bad))).status).toBe(403);
    }
    expect((await get(signed(foreign).replace(foreign.prefix, made.prefix))).status).toBe(403);
    expect((await get(signed(made, new Date(Date.now() - 14 * 3600 * 1000)))).status).toBe(403);
    const revoked = await published("private");
    const before = signed(revoked);
    await db().update(videos).set({ playbackVersion: 2 }).where(eq(videos.id, revoked.video.id));
    expect((await get(before)).status).toBe(403);
  });

  it("has nothing of deleted videos, originals, other files and odd paths", async () => {
    const { prefix, video } = await published("public");
    await objectStore().put({ key: `${prefix}notes.txt`, body: Buffer.from("x") });
    await objectStore().put({ key: `originals/${video.id}/film.mp4`, body: Buffer.from("x") });
    const paths = [
      `${prefix}notes.txt`,
      `${prefix}missing.m4s`,
      `${prefix}360p`,
      `originals/${video.id}/film.mp4`,
      `runs/${video.id}/../../originals/${video.id}/film.mp4`,
      `${prefix}..%2f..%2f..%2foriginals%2f${video.id}%2ffilm.mp4`,
      `runs/${newId()}/x/index.m3u8`,
      "runs/not-an-id/index.m3u8",
    ];
    for (const path of paths) expect((await get(`/media/${path}`)).status, path).toBe(404);
    const deleted = await published("private");
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, deleted.video.id));
    expect((await get(signed(deleted))).status).toBe(404);
    expect((await get(`/media/${deleted.prefix}index.m3u8`, owner.headers)).status).toBe(404);
  });

  it("ends within five seconds when a video turns private", async () => {
    const { prefix, video } = await published("public");
    const path = `/media/${prefix}poster.jpg`;
    expect((await get(path)).status).toBe(200);
    await db().update(videos).set({ visibility: "private" }).where(eq(videos.id, video.id));
    await expect.poll(async () => (await get(path)).status, { timeout: 5000, interval: 100 }).toBe(404);
  });
});

describe("how it is sent", () => {
  let made: Awaited<ReturnType<typeof published>>;
  beforeAll(async () => {
    made = await published("public");
  });
  const path = (name: string) => `/media/${made.prefix}${name}`;

  it("names the content types that players expect", async () => {
    const types = {
      "index.m3u8": "application/vnd.apple.mpegurl",
      "360p/00000.m4s": "video/iso.segment",
      "poster.jpg": "image/jpeg",
      "poster-w320.webp": "image/webp",
    };
    for (const [name, type] of Object.entries(types)) {
      const response = await get(path(name), {}, "HEAD");
      expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("sends whole bodies, large and small, byte for byte", async () => {
    const large = await get(path("360p/00000.m4s"));
    expect(large.headers.get("content-length")).toBe(String(segment.length));
    expect(sha256(new Uint8Array(await large.arrayBuffer()))).toBe(sha256(segment));
    expect(await (await get(path("poster.jpg"))).text()).toBe("picture");
  });

  const ranges: [string, number, number | null, number | null][] = [
    ["bytes=0-9", 206, 0, 10],
    ["bytes=100-", 206, 100, 1_300_000],
    ["bytes=-5", 206, 1_299_995, 1_300_000],
    ["bytes=1299999-9999999", 206, 1_299_999, 1_300_000],
    ["bytes=0-1,5-6", 200, null, null],
    ["bytes=5-1", 200, null, null],
    ["lines=0-1", 200, null, null],
    ["bytes=1300000-", 416, null, null],
    ["bytes=-0", 416, null, null],
  ];
  it.each(ranges)("answers the range %s with %d", async (range, status, start, end) => {
    const response = await get(path("360p/00000.m4s"), { Range: range });
    expect(response.status).toBe(status);
    const body = new Uint8Array(await response.arrayBuffer());
    if (start !== null && end !== null) {
      expect(response.headers.get("content-range")).toBe(`bytes ${start}-${end - 1}/1300000`);
      expect(Buffer.compare(body, segment.subarray(start, end))).toBe(0);
    }
    if (status === 416) expect(response.headers.get("content-range")).toBe("bytes */1300000");
  });

  it("answers validators", async () => {
    const etag = (await get(path("360p/00000.m4s"), {}, "HEAD")).headers.get("etag") ?? "";
    expect((await get(path("360p/00000.m4s"), { "If-None-Match": etag })).status).toBe(304);
    expect((await get(path("360p/00000.m4s"), { "If-None-Match": `"other", W/${etag}` })).status).toBe(304);
    const same = await get(path("360p/00000.m4s"), { "If-Range": etag, Range: "bytes=0-1" });
    expect(same.status).toBe(206);
    const changed = await get(path("360p/00000.m4s"), { "If-Range": '"other"', Range: "bytes=0-1" });
    expect(changed.status).toBe(200);
    await changed.arrayBuffer();
  });

  it("compresses playlists for those who take it and keeps them short in caches", async () => {
    // fetch decodes what says that it is encoded: a right text and a short length prove both.
    const response = await get(path("index.m3u8"), { "Accept-Encoding": "gzip" });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(Number(response.headers.get("content-length"))).toBeLessThan(playlist.length / 5);
    expect(response.headers.get("cache-control")).toBe("public, max-age=5");
    expect(response.headers.get("vary")).toContain("Accept-Encoding");
    expect(await response.text()).toBe(playlist);
    const plain = await get(path("index.m3u8"), { "Accept-Encoding": "gzip;q=0" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(await plain.text()).toBe(playlist);
  });

  it("closes its files when clients go away in the middle", async () => {
    const key = `${made.prefix}360p/00001.m4s`;
    await objectStore().put({ key, body: Buffer.alloc(32_000_000) });
    const openFiles = async () => (await readdir("/proc/self/fd")).length;
    const before = await openFiles();
    for (let index = 0; index < 20; index += 1) {
      const controller = new AbortController();
      const response = await fetch(new URL(`/media/${key}`, site.url), { signal: controller.signal });
      await response.body?.getReader().read();
      controller.abort();
    }
    await expect.poll(openFiles, { timeout: 5000 }).toBeLessThan(before + 5);
  });

  it("refuses other methods with 405", async () => {
    for (const method of ["POST", "PUT", "DELETE"])
      expect((await get(path("poster.jpg"), {}, method)).status).toBe(405);
  });
});

describe("downloads", () => {
  const original = async () => {
    const video = await makeVideo({
      creatorId: owner.user.id,
      channelId: owner.channel.id,
      visibility: "public",
      sourceFilename: 'Мій "фільм".mp4',
    });
    const key = `originals/${video.id}/${newId()}`;
    await objectStore().put({ key, body: segment });
    const id = newId();
    await db()
      .insert(assets)
      .values({ id, videoId: video.id, kind: "original", key, sizeBytes: segment.length, contentType: "video/mp4" });
    return `/api/v1/assets/${id}`;
  };

  it("gives the owner the file under its own name, whole and in parts", async () => {
    const path = await original();
    const response = await get(path, owner.headers);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename=\"___ _______.mp4\"; filename*=UTF-8''%D0%9C%D1%96%D0%B9%20%22%D1%84%D1%96%D0%BB%D1%8C%D0%BC%22.mp4",
    );
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(segment));
    const part = await get(path, { ...owner.headers, Range: "bytes=10-19" });
    expect(part.status).toBe(206);
    expect(Buffer.compare(new Uint8Array(await part.arrayBuffer()), segment.subarray(10, 20))).toBe(0);
  });

  it("is there for nobody else, of public videos neither", async () => {
    const path = await original();
    expect((await get(path)).status).toBe(401);
    expect((await get(path, other.headers)).status).toBe(404);
    expect((await get(`/api/v1/assets/${newId()}`, owner.headers)).status).toBe(404);
    expect((await get("/api/v1/assets/no-id", owner.headers)).status).toBe(404);
  });
});
