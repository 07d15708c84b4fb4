import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileFault } from "#lib/storage/file-fault.ts";
import { createFileStore } from "#lib/storage/file-store.ts";
import { removeStaleTemporaries } from "#lib/storage/stale-temporaries.ts";
import { objectStoreContract } from "#tests/contract/object-store-contract.ts";

const folder = async (parent = tmpdir()) => mkdtemp(join(parent, "kinora-store-"));

objectStoreContract("files", async () => {
  const root = await folder();
  return {
    store: createFileStore({ root: join(root, "storage") }),
    dispose: () => rm(root, { recursive: true, force: true }),
  };
});

const makeRoot = async () => {
  const outer = await folder();
  onTestFinished(() => rm(outer, { recursive: true, force: true }));
  const root = join(outer, "storage");
  await mkdir(root);
  return { outer, root, store: createFileStore({ root }) };
};

describe("file store", () => {
  it("adopts by hard link: no byte is copied", async () => {
    const { outer, store } = await makeRoot();
    await writeFile(join(outer, "file"), "bytes");
    await store.adopt({ key: "a/b", path: join(outer, "file"), local: "keep" });
    const path = await store.localPath("a/b");
    expect((await stat(path ?? "")).ino).toBe((await stat(join(outer, "file"))).ino);
  });

  it("copies when the file lies on another file system", async () => {
    const { root, store } = await makeRoot();
    const shared = await folder("/dev/shm");
    onTestFinished(() => rm(shared, { recursive: true, force: true }));
    await writeFile(join(shared, "file"), "bytes");
    expect((await stat(shared)).dev).not.toBe((await stat(root)).dev);
    const { created, info } = await store.adopt({ key: "a/b", path: join(shared, "file"), local: "consume" });
    expect([created, info.sizeBytes]).toEqual([true, 5]);
    expect(await readdir(shared)).toEqual([]);
    expect(await readdir(join(root, ".tmp"))).toEqual([]);
  });

  it("leaves by no symbolic link, neither of a folder nor of a file", async () => {
    const { outer, root, store } = await makeRoot();
    await mkdir(join(outer, "secret"));
    await writeFile(join(outer, "secret", "file"), "secret");
    await symlink(join(outer, "secret"), join(root, "runs"));
    await symlink(join(outer, "secret", "file"), join(root, "link"));
    for (const key of ["runs/file", "link"]) {
      await expect(store.read({ key })).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(store.put({ key: "runs/new/file", body: Buffer.from("x") })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(store.removePrefix("runs/")).rejects.toMatchObject({ code: "not_found" });
    expect(await readdir(join(outer, "secret"))).toEqual(["file"]);
    expect(await store.localPath("link")).toBeNull();
  });

  it("adopts no symbolic link", async () => {
    const { outer, store } = await makeRoot();
    await writeFile(join(outer, "file"), "secret");
    await symlink(join(outer, "file"), join(outer, "link"));
    await expect(store.adopt({ key: "a/b", path: join(outer, "link"), local: "keep" })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("leaves no half-written file behind when a put is aborted", async () => {
    const { root, store } = await makeRoot();
    const signal = AbortSignal.abort();
    await expect(store.put({ key: "a/b", body: Buffer.alloc(10), signal })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(await store.head("a/b")).toBeNull();
    expect(await readdir(root)).toEqual([]);
  });

  it("opens nothing for a reader that left meanwhile, and ends no process over it", async () => {
    const { store } = await makeRoot();
    await store.put({ key: "a/b", body: Buffer.alloc(1024 * 1024) });
    const leaving = new AbortController();
    const reading = store.read({ key: "a/b", signal: leaving.signal });
    leaving.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("clears away half-written objects of dead processes, and no fresh ones", async () => {
    const { root } = await makeRoot();
    await mkdir(join(root, ".tmp"));
    for (const name of ["dead", "alive"]) await writeFile(join(root, ".tmp", name), "half");
    const old = new Date(Date.now() - 25 * 3600 * 1000);
    await utimes(join(root, ".tmp", "dead"), old, old);
    expect(await removeStaleTemporaries({ root, now: new Date() })).toBe(1);
    expect(await readdir(join(root, ".tmp"))).toEqual(["alive"]);
  });

  it("tells a full disk as no_space and other faults of the machine as unavailable", async () => {
    const fault = (code: string) => fileFault(Object.assign(new Error(code), { code }), {});
    expect(fault("ENOSPC")).toMatchObject({ code: "no_space", status: 507 });
    expect(fault("EDQUOT")).toMatchObject({ code: "no_space" });
    expect(fault("EIO")).toMatchObject({ code: "unavailable", status: 503 });
    expect(fault("ENOENT")).toMatchObject({ code: "not_found" });
  });
});
