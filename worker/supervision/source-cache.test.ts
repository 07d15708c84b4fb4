import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFileStore } from "#lib/storage/file-store.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { createSourceCache } from "#worker/supervision/source-cache.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "kinora-sources-"));
});
afterAll(() => rm(root, { recursive: true }));

const signal = new AbortController().signal;

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
  const cache = createSourceCache({ store, folder: join(root, "one-copies"), maxBytes: 5000 });
  const held = await Promise.all(Array.from({ length: 8 }, () => cache.hold({ key: "originals/a/1", signal })));
  expect(new Set(held.map(({ path }) => path)).size).toBe(1);
  expect(await readFile(held[0]?.path ?? "")).toEqual(Buffer.alloc(1000, "originals/a/1"));
  for (const { release } of held) await release();
  await (await cache.hold({ key: "originals/a/1", signal })).release();
  expect(reads).toEqual(["originals/a/1"]);
});

it("stays within its bytes: the longest unused goes first, what is in use never", async () => {
  const { store, reads } = await remoteStore("two");
  const folder = join(root, "two-copies");
  const cache = createSourceCache({ store, folder, maxBytes: 2000 });
  const first = await cache.hold({ key: "originals/a/1", signal });
  await (await cache.hold({ key: "originals/b/2", signal })).release();
  await (await cache.hold({ key: "originals/c/3", signal })).release();
  expect(await readdir(folder)).toHaveLength(2);
  expect(await readFile(first.path)).toHaveLength(1000);
  await first.release();
  await (await cache.hold({ key: "originals/b/2", signal })).release();
  expect(reads.filter((key) => key === "originals/b/2")).toHaveLength(2);
});

it("says when the original is gone, remembers no fault, and leaves nothing half-fetched", async () => {
  const { store } = await remoteStore("three");
  const folder = join(root, "three-copies");
  const cache = createSourceCache({ store, folder, maxBytes: 2000 });
  await expect(cache.hold({ key: "originals/d/4", signal })).rejects.toMatchObject({ code: "source_missing" });
  expect(await readdir(folder)).toEqual([]);
  await store.put({ key: "originals/d/4", body: Buffer.from("late") });
  expect(await readFile((await cache.hold({ key: "originals/d/4", signal })).path, "utf8")).toBe("late");
});
