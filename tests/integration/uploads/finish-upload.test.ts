import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { db } from "#lib/db/client.ts";
import { assets, runs, uploads, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey } from "#lib/storage/keys.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { expireUploads } from "#lib/uploads/expire-uploads.ts";
import { finishUpload } from "#lib/uploads/finish-upload.ts";
import { hashOriginal } from "#lib/uploads/hash-original.ts";
import { reconcileUploads } from "#lib/uploads/reconcile-uploads.ts";
import { fileSize, uploadArea, uploadPath } from "#lib/uploads/upload-area.ts";
import { makeUpload } from "#tests/factories/rows.ts";
import { testDatabase } from "#tests/setup/database.ts";

testDatabase();

const { signal } = new AbortController();
const content = randomBytes(1000);

beforeAll(async () => {
  await mkdir(uploadArea(), { recursive: true });
});

const complete = async () => {
  const upload = await makeUpload({ sizeBytes: content.length, offsetBytes: content.length });
  await writeFile(uploadPath(upload.id), content);
  return upload;
};
const runsOf = (videoId: string) => db().select().from(runs).where(eq(runs.videoId, videoId));
const originalsOf = (videoId: string) =>
  db()
    .select()
    .from(assets)
    .where(and(eq(assets.videoId, videoId), eq(assets.kind, "original")));
const uploadOf = async (id: string) => (await db().select().from(uploads).where(eq(uploads.id, id)))[0];
const storedKey = (upload: { id: string; videoId: string }) =>
  originalKey({ videoId: upload.videoId, uploadId: upload.id });

describe("finishing an upload", () => {
  it("starts exactly one run, however often and at once it is called", async () => {
    const upload = await complete();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => finishUpload({ uploadId: upload.id })));
    expect(outcomes.filter((outcome) => outcome === "started")).toHaveLength(1);
    expect(await finishUpload({ uploadId: upload.id })).toBe("already");
    expect(await runsOf(upload.videoId)).toHaveLength(1);
    expect(await fileSize(uploadPath(upload.id))).toBeNull();
    expect((await objectStore().head(storedKey(upload)))?.sizeBytes).toBe(1000);
    expect(await originalsOf(upload.videoId)).toMatchObject([
      { kind: "original", key: storedKey(upload), sizeBytes: 1000, contentType: "application/octet-stream" },
    ]);
  });

  it("waits while bytes are missing", async () => {
    const upload = await makeUpload({ sizeBytes: 2000 });
    await writeFile(uploadPath(upload.id), content);
    expect(await finishUpload({ uploadId: upload.id })).toBe("waiting");
    expect(await runsOf(upload.videoId)).toEqual([]);
  });

  it("goes on after a crash at each point, by the reconciler", async () => {
    const died = new Error("the process died here");
    const dying = (methods: Partial<ObjectStore>): ObjectStore => ({ ...objectStore(), ...methods });
    const before = await complete();
    await expect(
      finishUpload({ uploadId: before.id, objects: dying({ adopt: () => Promise.reject(died) }) }),
    ).rejects.toBe(died);
    expect(await uploadOf(before.id)).toMatchObject({ state: "received" });
    const after = await complete();
    const adopt: ObjectStore["adopt"] = async (input) => {
      await objectStore().adopt(input);
      throw died;
    };
    await expect(finishUpload({ uploadId: after.id, objects: dying({ adopt }) })).rejects.toBe(died);
    const untouched = await complete();
    expect(await reconcileUploads({ signal })).toEqual({ finished: 3 });
    expect(await reconcileUploads({ signal })).toEqual({ finished: 0 });
    for (const upload of [before, after, untouched]) {
      expect(await runsOf(upload.videoId)).toHaveLength(1);
      expect(await uploadOf(upload.id)).toMatchObject({ state: "stored" });
      expect(await fileSize(uploadPath(upload.id))).toBeNull();
    }
  });

  it("leaves the upload of a deleted video alone until the video is back", async () => {
    const upload = await complete();
    await db().update(videos).set({ deletedAt: new Date() }).where(eq(videos.id, upload.videoId));
    expect(await finishUpload({ uploadId: upload.id })).toBe("waiting");
    expect(await reconcileUploads({ signal })).toEqual({ finished: 0 });
    await db().update(videos).set({ deletedAt: null }).where(eq(videos.id, upload.videoId));
    expect(await reconcileUploads({ signal })).toEqual({ finished: 1 });
  });

  it("hashes the original beside, once", async () => {
    const upload = await complete();
    await finishUpload({ uploadId: upload.id });
    await hashOriginal({ uploadId: upload.id, signal });
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(await uploadOf(upload.id)).toMatchObject({ sha256 });
    const [asset] = await originalsOf(upload.videoId);
    expect(asset?.sha256).toBe(sha256);
    await objectStore().remove(storedKey(upload));
    await hashOriginal({ uploadId: upload.id, signal });
    await hashOriginal({ uploadId: newId(), signal });
  });
});

describe("the janitor", () => {
  it("ends expired uploads with their videos and touches no other", async () => {
    const past = new Date(Date.now() - 1000);
    const expired = await makeUpload({ sizeBytes: 2000, expiresAt: past });
    await writeFile(uploadPath(expired.id), content);
    const alive = await makeUpload({ sizeBytes: 2000 });
    await writeFile(uploadPath(alive.id), content);
    const finished = await complete();
    await finishUpload({ uploadId: finished.id });
    await db().update(uploads).set({ expiresAt: past }).where(eq(uploads.id, finished.id));
    expect(await expireUploads({ signal })).toMatchObject({ expired: 1 });
    expect(await uploadOf(expired.id)).toBeUndefined();
    expect(await db().select().from(videos).where(eq(videos.id, expired.videoId))).toEqual([]);
    expect(await fileSize(uploadPath(expired.id))).toBeNull();
    expect(await uploadOf(alive.id)).toBeDefined();
    expect(await fileSize(uploadPath(alive.id))).toBe(1000);
    expect(await objectStore().head(storedKey(finished))).not.toBeNull();
  });

  it("removes old files that nobody owns, and only those", async () => {
    const orphan = newId();
    const young = newId();
    const owned = await makeUpload({ sizeBytes: 2000 });
    for (const id of [orphan, young, owned.id]) await writeFile(uploadPath(id), content);
    await writeFile(uploadPath("readme"), "not an upload");
    const old = new Date(Date.now() - 2 * 3600 * 1000);
    for (const id of [orphan, owned.id, "readme"]) await utimes(uploadPath(id), old, old);
    expect(await expireUploads({ signal })).toMatchObject({ orphans: 1 });
    const names = await readdir(uploadArea());
    expect(names).not.toContain(orphan);
    expect(names).toEqual(expect.arrayContaining([young, owned.id, "readme"]));
  });
});
