import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ObjectInfo, ObjectStore } from "#lib/storage/object-store.ts";

/** A fresh, empty store and what takes it away again. */
export type StoreUnderTest = { store: ObjectStore; dispose: () => Promise<void> };

const collect = async (stream: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const keysOf = async (objects: AsyncIterable<ObjectInfo>): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of objects) keys.push(key);
  return keys.sort();
};

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const badKeys = [
  "",
  "/a",
  "a/",
  "a//b",
  "..",
  "a/../b",
  "./a",
  "a/.b",
  "A/b",
  "a b",
  "a\0b",
  "a\\b",
  "ü",
  "x".repeat(2000),
];

/** What every object store guarantees, whatever it stores on. Call it inside a test file. */
export const objectStoreContract = (name: string, create: () => Promise<StoreUnderTest>): void => {
  describe(`object store contract: ${name}`, () => {
    let local = "";
    let under: StoreUnderTest;
    let store: ObjectStore;
    beforeAll(async () => {
      local = await mkdtemp(join(tmpdir(), "kinora-contract-"));
    });
    beforeEach(async () => {
      under = await create();
      store = under.store;
    });
    afterEach(() => under.dispose());
    afterAll(() => rm(local, { recursive: true, force: true }));

    it("gives back the bytes that were put", async () => {
      const body = randomBytes(3_000_000);
      const { created, ...info } = await store.put({ key: "runs/a/b/00000.m4s", body });
      expect(created).toBe(true);
      expect(info).toMatchObject({ key: "runs/a/b/00000.m4s", sizeBytes: 3_000_000 });
      expect(await store.head(info.key)).toEqual(info);
      expect(sha256(await collect(await store.read({ key: info.key })))).toBe(sha256(body));
    });

    it("takes a stream and an empty body", async () => {
      await store.put({ key: "a/stream", body: Readable.from([Buffer.from("one"), Buffer.from("two")]) });
      expect((await collect(await store.read({ key: "a/stream" }))).toString()).toBe("onetwo");
      expect((await store.put({ key: "a/empty", body: new Uint8Array() })).sizeBytes).toBe(0);
      expect(await collect(await store.read({ key: "a/empty" }))).toHaveLength(0);
    });

    it("reads stretches, also beyond the end", async () => {
      await store.put({ key: "a/b", body: Buffer.from("0123456789") });
      const part = async (range: { start: number; endExclusive?: number }) =>
        (await collect(await store.read({ key: "a/b", range }))).toString();
      expect(await part({ start: 2, endExclusive: 5 })).toBe("234");
      expect(await part({ start: 7 })).toBe("789");
      expect(await part({ start: 8, endExclusive: 99 })).toBe("89");
      expect(await part({ start: 10 })).toBe("");
      expect(await part({ start: 4, endExclusive: 4 })).toBe("");
    });

    it("replaces an object as a whole and tells by the etag", async () => {
      const first = await store.put({ key: "a/b", body: Buffer.from("first") });
      const second = await store.put({ key: "a/b", body: Buffer.from("other") });
      expect(second.etag).not.toBe(first.etag);
      expect(first.etag).toMatch(/^[\w.-]+$/);
      expect((await collect(await store.read({ key: "a/b" }))).toString()).toBe("other");
    });

    it("shows nothing of a body that breaks off", async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from("half");
          throw new Error("the source broke");
        })(),
      );
      await expect(store.put({ key: "a/b", body: broken })).rejects.toThrow();
      expect(await store.head("a/b")).toBeNull();
      expect(await keysOf(store.list("a/"))).toEqual([]);
    });

    it("answers not_found and null for what is not there", async () => {
      expect(await store.head("no/such")).toBeNull();
      expect(await store.localPath("no/such")).toBeNull();
      await expect(store.read({ key: "no/such" })).rejects.toMatchObject({ code: "not_found" });
      await store.put({ key: "a/b/c", body: Buffer.from("x") });
      expect(await store.head("a/b")).toBeNull();
      await expect(store.read({ key: "a/b" })).rejects.toMatchObject({ code: "not_found" });
    });

    it.each(badKeys)("refuses the key %j everywhere", async (key) => {
      const body = Buffer.from("x");
      await expect(store.put({ key, body })).rejects.toMatchObject({ code: "invalid_input" });
      await expect(store.head(key)).rejects.toMatchObject({ code: "invalid_input" });
      await expect(store.read({ key })).rejects.toMatchObject({ code: "invalid_input" });
      await expect(store.remove(key)).rejects.toMatchObject({ code: "invalid_input" });
      await expect(store.localPath(key)).rejects.toMatchObject({ code: "invalid_input" });
    });

    it("refuses prefixes that are not whole segments", async () => {
      for (const prefix of ["", "/", "a", "../", "a/../", "a//"]) {
        await expect(store.removePrefix(prefix)).rejects.toMatchObject({ code: "invalid_input" });
        await expect(keysOf(store.list(prefix))).rejects.toMatchObject({ code: "invalid_input" });
      }
    });

    it("lists and removes by whole segments", async () => {
      for (const key of ["runs/v1/r1/a", "runs/v1/r2/b/c", "runs/v10/r1/a"])
        await store.put({ key, body: Buffer.from("x") });
      expect(await keysOf(store.list("runs/v1/"))).toEqual(["runs/v1/r1/a", "runs/v1/r2/b/c"]);
      await store.removePrefix("runs/v1/");
      await store.removePrefix("runs/v1/");
      expect(await keysOf(store.list("runs/"))).toEqual(["runs/v10/r1/a"]);
      await store.remove("runs/v10/r1/a");
      await store.remove("runs/v10/r1/a");
      expect(await keysOf(store.list("runs/"))).toEqual([]);
    });

    it("adopts a local file and leaves it when asked to", async () => {
      const path = join(local, "keep");
      await writeFile(path, "bytes");
      const { created, info } = await store.adopt({ key: "originals/v/u", path, local: "keep" });
      expect([created, info.sizeBytes]).toEqual([true, 5]);
      expect((await readFile(path)).toString()).toBe("bytes");
      await rm(path);
      expect((await collect(await store.read({ key: "originals/v/u" }))).toString()).toBe("bytes");
    });

    it("adopting again changes nothing, also after the local file has gone", async () => {
      const path = join(local, "twice");
      await writeFile(path, "bytes");
      const first = await store.adopt({ key: "a/b", path, local: "keep" });
      expect(await store.adopt({ key: "a/b", path, local: "keep" })).toEqual({ created: false, info: first.info });
      await writeFile(join(local, "other"), "others");
      expect((await store.adopt({ key: "a/b", path: join(local, "other"), local: "consume" })).created).toBe(false);
      await rm(path);
      expect(await store.adopt({ key: "a/b", path, local: "consume" })).toEqual({ created: false, info: first.info });
      await expect(store.adopt({ key: "a/c", path, local: "keep" })).rejects.toMatchObject({ code: "not_found" });
    });

    it("lets exactly one of many adopters create", async () => {
      const paths = await Promise.all(
        [1, 2, 3, 4, 5].map(async (index) => {
          await writeFile(join(local, `race-${index}`), "same bytes");
          return join(local, `race-${index}`);
        }),
      );
      const results = await Promise.all(paths.map((path) => store.adopt({ key: "a/race", path, local: "consume" })));
      expect(results.filter((result) => result.created)).toHaveLength(1);
    });

    it("offers a path that holds the same bytes, or none", async () => {
      await store.put({ key: "a/b", body: Buffer.from("bytes") });
      const path = await store.localPath("a/b");
      if (path !== null) expect((await readFile(path)).toString()).toBe("bytes");
    });

    it("ends a read when its signal aborts", async () => {
      await store.put({ key: "a/large", body: Buffer.alloc(8_000_000) });
      const controller = new AbortController();
      const stream = await store.read({ key: "a/large", signal: controller.signal });
      const reading = collect(stream);
      controller.abort();
      await expect(reading).rejects.toMatchObject({ name: "AbortError" });
    });

    it("tells free bytes as a number or not at all", async () => {
      const free = await store.freeBytes();
      if (free !== null) expect(free).toBeGreaterThan(0);
    });

    it("has a readable modification time", async () => {
      const before = Date.now();
      const { modifiedAt } = await store.put({ key: "a/b", body: Buffer.from("x") });
      expect(Math.abs(modifiedAt.getTime() - before)).toBeLessThan(60_000);
    });
  });
};
