import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { eq } from "drizzle-orm";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { runs, uploads, videos } from "#lib/db/schema/index.ts";
import { overrideEnv } from "#lib/env.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey } from "#lib/storage/keys.ts";
import { uploadArea } from "#lib/uploads/upload-area.ts";
import { createUploadEndpoint, uploadEndpoint } from "#lib/uploads/upload-endpoint.ts";
import { makeBearer } from "#tests/factories/bearer.ts";
import { metadata, sha256 } from "#tests/factories/upload-words.ts";
import { testDatabase } from "#tests/setup/database.ts";
import { serveRoutes } from "#tests/setup/serve-routes.ts";
import * as uploadRoute from "../../../app/api/v1/uploads/[uploadId]/route.ts";
import * as uploadsRoute from "../../../app/api/v1/uploads/route.ts";

testDatabase({ MAX_UPLOAD_BYTES: String(64 * 1024 * 1024) });

let site: Awaited<ReturnType<typeof serveRoutes>>;
let owner: Awaited<ReturnType<typeof makeBearer>>;
let other: Awaited<ReturnType<typeof makeBearer>>;

beforeAll(async () => {
  site = await serveRoutes([
    { path: /^\/api\/v1\/uploads$/, module: uploadsRoute },
    { path: /^\/api\/v1\/uploads\/(?<uploadId>[^/]+)$/, module: uploadRoute },
  ]);
  owner = await makeBearer();
  other = await makeBearer();
});
afterAll(async () => {
  await site.stop();
  await uploadEndpoint().close();
});

const tus = { "Tus-Resumable": "1.0.0" };
const idOf = (location: string | null) => location?.split("/").at(-1) ?? "";

const call = (method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array<ArrayBuffer>) =>
  fetch(new URL(path, site.url), {
    method,
    headers: { ...tus, ...owner.headers, ...headers },
    ...(body === undefined ? {} : { body }),
  });

const create = (headers: Record<string, string>) => call("POST", "/api/v1/uploads", headers);
const createOf = async (sizeBytes: number) => {
  const response = await create({
    "Upload-Length": String(sizeBytes),
    "Upload-Metadata": metadata({ filename: "a.mp4" }),
  });
  expect(response.status).toBe(201);
  const location = response.headers.get("location") ?? "";
  return { location, uploadId: idOf(location), videoId: response.headers.get("kinora-video-id") ?? "" };
};
const patch = (path: string, offset: number, body: Uint8Array<ArrayBuffer>) =>
  call("PATCH", path, { "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" }, body);
const offsetOf = async (path: string) => Number((await call("HEAD", path)).headers.get("upload-offset"));
const bytes = (length: number) => new Uint8Array(randomBytes(length));

const runsOf = (videoId: string) => db().select().from(runs).where(eq(runs.videoId, videoId));
const uploadRow = async (id: string) => (await db().select().from(uploads).where(eq(uploads.id, id)))[0];
const videoRow = async (id: string) => (await db().select().from(videos).where(eq(videos.id, id)))[0];
const storedOriginal = async (ids: { videoId: string; uploadId: string }) => {
  const path = await objectStore().localPath(originalKey(ids));
  return path === null ? null : readFile(path);
};

describe("creation", () => {
  it("answers with a relative address, the video's id and an expiry, and the video is there", async () => {
    const response = await create({
      "Upload-Length": "10",
      "Upload-Metadata": metadata({ filename: "../Мій фільм.mp4", filetype: "video/mp4", visibility: "unlisted" }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toMatch(/^\/api\/v1\/uploads\/[0-9a-f-]{36}$/);
    expect(Date.parse(response.headers.get("upload-expires") ?? "")).toBeGreaterThan(Date.now());
    expect(response.headers.get("tus-resumable")).toBe("1.0.0");
    expect(await videoRow(response.headers.get("kinora-video-id") ?? "")).toMatchObject({
      title: "Мій фільм",
      sourceFilename: "Мій фільм.mp4",
      visibility: "unlisted",
      status: "uploading",
      creatorId: owner.user.id,
    });
  });

  it("makes videos private unless told otherwise", async () => {
    const { videoId } = await createOf(5);
    expect((await videoRow(videoId))?.visibility).toBe("private");
  });

  it("tells truthfully what it serves", async () => {
    const response = await fetch(new URL("/api/v1/uploads", site.url), { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("tus-version")).toBe("1.0.0");
    expect(response.headers.get("tus-extension")).toBe("creation,creation-with-upload,termination,expiration");
    expect(response.headers.get("tus-max-size")).toBe(String(64 * 1024 * 1024));
  });

  const told = (values: Parameters<typeof metadata>[0]) => ({
    "Upload-Length": "1",
    "Upload-Metadata": metadata(values),
  });
  const refused: [string, Record<string, string>, number, string][] = [
    ["no length", {}, 400, "invalid_input"],
    ["a deferred length", { "Upload-Defer-Length": "1" }, 400, "invalid_input"],
    ["a length that is no number", { "Upload-Length": "1e3" }, 400, "invalid_input"],
    ["more than the limit", { "Upload-Length": String(64 * 1024 * 1024 + 1) }, 413, "too_large"],
    ["broken metadata", { "Upload-Length": "1", "Upload-Metadata": "filename ***" }, 400, "invalid_input"],
    ["an unknown visibility", told({ visibility: "all" }), 400, "invalid_input"],
    ["unknown options", told({ options: '{"colour":true}' }), 400, "invalid_input"],
    ["options that are no JSON", told({ options: "{" }), 400, "invalid_input"],
    ["an option of the wrong kind", told({ options: '{"audio":"loud"}' }), 400, "invalid_input"],
    [
      "wishes with a file that takes another's place: the video's own stay",
      told({ replaces: newId(), options: '{"watermarkId":null}' }),
      400,
      "invalid_input",
    ],
    ["another's video to replace", told({ replaces: newId() }), 404, "not_found"],
    ["a foreign channel", told({ channelId: newId() }), 404, "not_found"],
    ["a concatenation", { "Upload-Length": "1", "Upload-Concat": "partial" }, 400, "invalid_input"],
    ["another protocol version", { "Upload-Length": "1", "Tus-Resumable": "0.2.2" }, 412, "precondition_failed"],
    ["a malformed token", { "Upload-Length": "1", Authorization: "Bearer not.a.jwt" }, 401, "unauthenticated"],
    ["another site's origin", { "Upload-Length": "1", Origin: "https://evil.example" }, 403, "forbidden"],
  ];
  it.each(refused)("refuses %s in the one error shape", async (_what, headers, status, code) => {
    const before = await db().select({ id: videos.id }).from(videos);
    const response = await create(headers);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    const body = (await response.json()) as { error: Record<string, unknown> };
    expect(body.error).toMatchObject({ code, message: expect.any(String), requestId: expect.any(String) });
    expect(await db().select({ id: videos.id }).from(videos)).toHaveLength(before.length);
  });

  it("refuses nobody with 401 and viewers with 403", async () => {
    const anonymous = await create({ "Upload-Length": "1", Authorization: "" });
    expect(anonymous.status).toBe(401);
    const viewer = await makeBearer({ role: "viewer" });
    expect((await create({ "Upload-Length": "1", ...viewer.headers })).status).toBe(403);
  });

  it("refuses with 507 when the disk has no room, and makes no video", async () => {
    const endpoint = createUploadEndpoint({ freeBytes: async () => 300 * 1024 * 1024 });
    const request = new Request(`${site.url}/api/v1/uploads`, {
      method: "POST",
      headers: { ...tus, "Upload-Length": String(60 * 1024 * 1024) },
    });
    const before = await db().select({ id: videos.id }).from(videos);
    const response = await endpoint.handle({ request, viewer: owner.account, requestId: "r" });
    await endpoint.close();
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({ error: { code: "no_space", requestId: "r" } });
    expect(await db().select({ id: videos.id }).from(videos)).toHaveLength(before.length);
  });
});

describe("bytes", () => {
  it("takes a whole file in one PATCH, stores it and starts one run", async () => {
    const content = bytes(3_000_000);
    const created = await createOf(content.length);
    const response = await patch(created.location, 0, content);
    expect([response.status, response.headers.get("upload-offset")]).toEqual([204, "3000000"]);
    expect(sha256((await storedOriginal(created)) ?? Buffer.alloc(0))).toBe(sha256(content));
    expect(await uploadRow(created.uploadId)).toMatchObject({ state: "stored", offsetBytes: 3_000_000 });
    expect(await videoRow(created.videoId)).toMatchObject({ status: "processing", originalKey: originalKey(created) });
    expect(await runsOf(created.videoId)).toHaveLength(1);
    expect(await readdir(uploadArea())).not.toContain(created.uploadId);
  });

  it("takes bytes along with the creation", async () => {
    const content = bytes(1000);
    const response = await call(
      "POST",
      "/api/v1/uploads",
      { "Upload-Length": "1000", "Content-Type": "application/offset+octet-stream" },
      content,
    );
    expect([response.status, response.headers.get("upload-offset")]).toEqual([201, "1000"]);
    expect(await runsOf(response.headers.get("kinora-video-id") ?? "")).toHaveLength(1);
  });

  it("finishes an empty file: what is wrong with it is the processing's to say", async () => {
    const created = await createOf(0);
    expect(await uploadRow(created.uploadId)).toMatchObject({ state: "stored" });
    expect(await storedOriginal(created)).toHaveLength(0);
    expect(await runsOf(created.videoId)).toHaveLength(1);
  });

  it("resumes where the bytes ended and refuses another offset with 409", async () => {
    const content = bytes(2000);
    const created = await createOf(2000);
    expect((await patch(created.location, 0, content.slice(0, 700))).status).toBe(204);
    expect(await offsetOf(created.location)).toBe(700);
    await expect.poll(async () => (await uploadRow(created.uploadId))?.offsetBytes, { timeout: 3000 }).toBe(700);
    const conflict = await patch(created.location, 0, content);
    expect(conflict.status).toBe(409);
    expect(await conflict.json()).toMatchObject({ error: { code: "conflict" } });
    expect((await patch(created.location, 700, content.slice(700))).status).toBe(204);
    expect(sha256((await storedOriginal(created)) ?? Buffer.alloc(0))).toBe(sha256(content));
  });

  it("keeps what came when the line breaks", async () => {
    const created = await createOf(1_000_000);
    const url = new URL(created.location, site.url);
    const closed = Promise.withResolvers<void>();
    const broken = httpRequest(url, {
      method: "PATCH",
      headers: {
        ...tus,
        ...owner.headers,
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": "1000000",
      },
    });
    broken.on("error", () => closed.resolve());
    broken.write(bytes(400_000), () => setTimeout(() => broken.destroy(new Error("line cut")), 200));
    await closed.promise;
    await expect.poll(() => offsetOf(created.location), { timeout: 5000 }).toBe(400_000);
    expect((await patch(created.location, 400_000, bytes(600_000))).status).toBe(204);
  });

  it("refuses bytes beyond the declared length and keeps the upload", async () => {
    const created = await createOf(100);
    expect((await patch(created.location, 0, bytes(101))).status).toBe(413);
    expect((await patch(created.location, 0, bytes(100))).status).toBe(204);
  });

  it("answers a repeated last PATCH and HEAD after the end, and starts no second run", async () => {
    const created = await createOf(50);
    await patch(created.location, 0, bytes(50));
    expect(await offsetOf(created.location)).toBe(50);
    expect((await patch(created.location, 50, new Uint8Array())).status).toBe(204);
    expect(await runsOf(created.videoId)).toHaveLength(1);
  });

  it("refuses a PATCH of another content type with 415", async () => {
    const { location } = await createOf(10);
    expect(
      (await call("PATCH", location, { "Upload-Offset": "0", "Content-Type": "text/plain" }, bytes(10))).status,
    ).toBe(415);
  });

  it("works with tus-js-client in small chunks", async () => {
    const content = randomBytes(700_000);
    const done = Promise.withResolvers<void>();
    const upload = new Upload(content, {
      endpoint: `${site.url}/api/v1/uploads`,
      headers: owner.headers,
      chunkSize: 100_000,
      retryDelays: null,
      metadata: { filename: "clip.mp4", title: "Кліп" },
      onSuccess: () => done.resolve(),
      onError: (error) => done.reject(error),
    });
    upload.start();
    await done.promise;
    const uploadId = idOf(upload.url);
    const row = await uploadRow(uploadId);
    const videoId = row?.videoId ?? "";
    expect(sha256((await storedOriginal({ videoId, uploadId })) ?? Buffer.alloc(0))).toBe(sha256(content));
  });
});

describe("two clients on one upload", () => {
  it("lets one writer win and loses no byte", async () => {
    const content = randomBytes(6_000_000);
    const { location, uploadId, videoId } = await createOf(content.length);
    const send = () => {
      const done = Promise.withResolvers<void>();
      const upload = new Upload(content, {
        uploadUrl: new URL(location, site.url).href,
        endpoint: `${site.url}/api/v1/uploads`,
        headers: owner.headers,
        chunkSize: 500_000,
        retryDelays: Array.from({ length: 40 }, () => 50),
        onSuccess: () => done.resolve(),
        onError: (error) => done.reject(error),
      });
      upload.start();
      return done.promise;
    };
    await Promise.all([send(), send()]);
    expect(sha256((await storedOriginal({ videoId, uploadId })) ?? Buffer.alloc(0))).toBe(sha256(content));
    expect(await runsOf(videoId)).toHaveLength(1);
  });

  it("hands a silent client's upload to the next one quickly, across processes", async () => {
    const { location } = await createOf(1000);
    const silent = httpRequest(new URL(location, site.url), {
      method: "PATCH",
      headers: {
        ...tus,
        ...owner.headers,
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": "1000",
      },
    });
    silent.on("error", () => undefined);
    silent.write(bytes(300));
    await expect.poll(async () => (await readdir(uploadArea())).includes(idOf(location))).toBe(true);
    // Another endpoint has locks and connection of its own, as another process would.
    const elsewhere = createUploadEndpoint();
    const started = performance.now();
    const request = new Request(new URL(location, site.url), { method: "HEAD", headers: tus });
    const response = await elsewhere.handle({ request, viewer: owner.account, requestId: "r" });
    expect(response.headers.get("upload-offset")).toBe("300");
    expect(performance.now() - started).toBeLessThan(3000);
    silent.destroy();
    await elsewhere.close();
    expect((await patch(location, 300, bytes(700))).status).toBe(204);
  });
});

describe("access", () => {
  it("answers 404 for someone else's upload, an unknown one and no id at all", async () => {
    const { location } = await createOf(10);
    for (const method of ["HEAD", "DELETE"]) expect((await call(method, location, other.headers)).status).toBe(404);
    const foreign = await call(
      "PATCH",
      location,
      { ...other.headers, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream" },
      bytes(10),
    );
    expect(foreign.status).toBe(404);
    expect(await foreign.json()).toMatchObject({ error: { code: "not_found" } });
    expect((await call("HEAD", `/api/v1/uploads/${newId()}`)).status).toBe(404);
    expect((await call("HEAD", "/api/v1/uploads/not-an-id")).status).toBe(404);
    expect(await offsetOf(location)).toBe(0);
  });

  it("takes the id from the path only: PATCH /A?x=/B writes to A", async () => {
    const [a, b] = [await createOf(10), await createOf(10)];
    expect((await patch(`${a.location}?x=/${b.uploadId}`, 0, bytes(4))).status).toBe(204);
    expect(await offsetOf(a.location)).toBe(4);
    expect(await offsetOf(b.location)).toBe(0);
  });

  it("never hands bytes out: GET is 405 in the one error shape", async () => {
    const { location } = await createOf(10);
    for (const path of [location, "/api/v1/uploads"]) {
      const response = await call("GET", path);
      expect(response.status).toBe(405);
      expect(await response.json()).toMatchObject({ error: { code: "method_not_allowed" } });
    }
  });

  it("answers 410 once the video was deleted", async () => {
    const { location, videoId } = await createOf(10);
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, videoId));
    expect((await patch(location, 0, bytes(10))).status).toBe(410);
  });
});

describe("termination", () => {
  it("removes the upload, its bytes and its video", async () => {
    const { location, uploadId, videoId } = await createOf(100);
    await patch(location, 0, bytes(40));
    expect((await call("DELETE", location)).status).toBe(204);
    expect(await videoRow(videoId)).toBeUndefined();
    expect(await uploadRow(uploadId)).toBeUndefined();
    expect(await readdir(uploadArea())).not.toContain(uploadId);
    expect((await call("HEAD", location)).status).toBe(404);
  });

  it("refuses to take back what has ended", async () => {
    const { location, videoId } = await createOf(5);
    await patch(location, 0, bytes(5));
    expect((await call("DELETE", location)).status).toBe(409);
    expect(await videoRow(videoId)).toBeDefined();
  });
});

describe("limits", () => {
  it("keeps chunks out of the rate limit", async () => {
    overrideEnv({ RATE_LIMITS: "on" });
    const { location } = await createOf(300);
    for (let offset = 0; offset < 150; offset += 1) {
      expect((await patch(location, offset, bytes(1))).status).toBe(204);
    }
    overrideEnv({ RATE_LIMITS: "off" });
  });
});
