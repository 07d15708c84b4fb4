import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFileStore } from "#lib/storage/file-store.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { ScratchSpace } from "#worker/supervision/scratch-space.ts";
import { createSourceCache, type SourceCache } from "#worker/supervision/source-cache.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "kinora-sources-"));
});
afterAll(() => rm(root, { recursive: true }));

const signal = new AbortController().signal;

/** Room for everything. */
const ample: ScratchSpace = { reserve: async () => ({ release: async () => undefined }) };

/** Room for so many bytes at the same time, and what was asked for. */
const bounded = (bytes: number) => {
  let left = bytes;
  const space: ScratchSpace = {
    reserve: async (wanted) => {
      if (wanted.bytes > left) return null;
      left -= wanted.bytes;
      return {
        release: async () => {
          left += wanted.bytes;
        },
      };
    },
  };
  return { space, left: () => left };
};

/** Holds an original that is there at once. */
const hold = async (cache: SourceCache, key: string) => {
  const held = await cache.hold(key);
  if (held === null) throw new Error("no room");
  return { path: await held.path(signal), release: held.release };
};

/** A real store that gives no local paths, as a remote one, and counts what is read from it. */
const remoteStore = async (name: string) => {
  const files = createFileStore({ root: join(root, name) });
  const reads: string[] = [];
  const store: ObjectStore = {
    ...files,
    localPath: async () => null,
    read: (input) => {
      reads.push(input.key);
      return files.read(input);
    },
  };
  for (const key of ["originals/a/1", "originals/b/2", "originals/c/3"]) {
    await store.put({ key, body: Buffer.alloc(1000, key) });
  }
  return { store, reads };
};

it("fetches an original once for all steps that want it at the same time, and keeps it for later ones", async () => {
  const { store, reads } = await remoteStore("one");
  const cache = createSourceCache({ store, folder: join(root, "one-copies"), maxBytes: 5000, space: ample });
  const held = await Promise.all(Array.from({ length: 8 }, () => hold(cache, "originals/a/1")));
  expect(new Set(held.map(({ path }) => path)).size).toBe(1);
  expect(await readFile(held[0]?.path ?? "")).toEqual(Buffer.alloc(1000, "originals/a/1"));
  for (const { release } of held) await release();
  await (await hold(cache, "originals/a/1")).release();
  expect(reads).toEqual(["originals/a/1"]);
});

it("stays within its bytes: the longest unused goes first, what is in use never", async () => {
  const { store, reads } = await remoteStore("two");
  const folder = join(root, "two-copies");
  const cache = createSourceCache({ store, folder, maxBytes: 2000, space: ample });
  const first = await hold(cache, "originals/a/1");
  await (await hold(cache, "originals/b/2")).release();
  await (await hold(cache, "originals/c/3")).release();
  expect(await readdir(folder)).toHaveLength(2);
  expect(await readFile(first.path)).toHaveLength(1000);
  await first.release();
  await (await hold(cache, "originals/b/2")).release();
  expect(reads.filter((key) => key === "originals/b/2")).toHaveLength(2);
});

it("says when the original is gone, remembers no fault, and leaves nothing half-fetched", async () => {
  const { store } = await remoteStore("three");
  const folder = join(root, "three-copies");
  const cache = createSourceCache({ store, folder, maxBytes: 2000, space: ample });
  await expect(hold(cache, "originals/d/4")).rejects.toMatchObject({ code: "source_missing" });
  expect(await readdir(folder)).toEqual([]);
  await store.put({ key: "originals/d/4", body: Buffer.from("late") });
  expect(await readFile((await hold(cache, "originals/d/4")).path, "utf8")).toBe("late");
});

it("begins no fetch without room for the copy, and gives the room back when it is there", async () => {
  const { store, reads } = await remoteStore("four");
  const { space, left } = bounded(1500);
  const gate = Promise.withResolvers<void>();
  const slow: ObjectStore = {
    ...store,
    read: async (input) => {
      await gate.promise;
      return store.read(input);
    },
  };
  const cache = createSourceCache({ store: slow, folder: join(root, "four-copies"), maxBytes: 5000, space });
  const first = await cache.hold("originals/a/1");
  expect(left()).toBe(500);
  expect(await cache.hold("originals/b/2")).toBeNull();
  gate.resolve();
  await first?.path(signal);
  expect(left()).toBe(1500);
  expect((await hold(cache, "originals/b/2")).path).not.toBe("");
  expect(reads).toEqual(["originals/a/1", "originals/b/2"]);
});

it("lets a step that is taken away go, and the fetch go on for the others", async () => {
  const { store, reads } = await remoteStore("five");
  const gate = Promise.withResolvers<void>();
  const slow: ObjectStore = {
    ...store,
    read: async (input) => {
      await gate.promise;
      return store.read(input);
    },
  };
  const cache = createSourceCache({ store: slow, folder: join(root, "five-copies"), maxBytes: 10, space: ample });
  const first = await cache.hold("originals/a/1");
  const taken = new AbortController();
  const waiting = first?.path(taken.signal);
  taken.abort(new Error("taken away"));
  await expect(waiting).rejects.toThrow("taken away");
  // Nobody holds it and it is too large to be kept, yet what is being written stays.
  await first?.release();
  const second = hold(cache, "originals/a/1");
  gate.resolve();
  expect(await readFile((await second).path)).toHaveLength(1000);
  expect(reads).toEqual(["originals/a/1"]);
});
