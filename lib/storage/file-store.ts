import { createHash, randomUUID } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import {
  copyFile,
  type FileHandle,
  link,
  lstat,
  open,
  opendir,
  realpath,
  rename,
  rm,
  statfs,
  unlink,
} from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { AppError } from "#lib/errors.ts";
import { createFolder, syncFolder } from "#lib/storage/durable-folder.ts";
import { fileFault, isMissing, systemCode } from "#lib/storage/file-fault.ts";
import { isObjectKey, requireObjectKey, requireObjectPrefix } from "#lib/storage/object-key.ts";
import type { ObjectInfo, ObjectStore } from "#lib/storage/object-store.ts";
import { temporaryFolder } from "#lib/storage/stale-temporaries.ts";

/** Bytes per read: measured as the point from which larger reads gain nothing on loopback delivery. */
const readBytes = 512 * 1024;
/** What `link` answers where hard links cannot be made: other file system, none supported, too many. */
const linkRefused = new Set(["EXDEV", "EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

const infoOf = (key: string, stats: BigIntStats): ObjectInfo => ({
  key,
  sizeBytes: Number(stats.size),
  modifiedAt: new Date(Number(stats.mtimeMs)),
  // Every write makes a new file, so inode, size and time in nanoseconds together change with the bytes.
  etag: createHash("sha256").update(`${stats.ino}:${stats.size}:${stats.mtimeNs}`).digest("base64url").slice(0, 22),
});

/** What the operations below share: the root and the way from a key to a path. */
type Root = { path: string; temporary: string };

/**
 * The path of a key. The folder must lie under the root even when links are followed, so that a link planted in the
 * storage leads nowhere. Throws `not_found` for a link that leaves; a missing folder is fine.
 */
const pathOf = async (root: Root, key: string): Promise<string> => {
  requireObjectKey(key);
  const path = resolve(root.path, key);
  await requireInside(root, dirname(path));
  return path;
};

const requireInside = async (root: Root, folder: string): Promise<void> => {
  try {
    const [realRoot, realFolder] = await Promise.all([realpath(root.path), realpath(folder)]);
    if (realFolder !== resolve(realRoot, folder.slice(root.path.length + 1))) {
      throw new AppError("not_found", { context: { folder, reason: "leaves the storage by a link" } });
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Not there yet: what would be created below the nearest folder that is must not leave either.
    if (folder !== root.path) await requireInside(root, dirname(folder));
  }
};

const regularFile = async (path: string): Promise<BigIntStats | null> => {
  try {
    const stats = await lstat(path, { bigint: true });
    return stats.isFile() ? stats : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

const head = async (root: Root, key: string): Promise<ObjectInfo | null> => {
  const stats = await regularFile(await pathOf(root, key));
  return stats === null ? null : infoOf(key, stats);
};

const read: (root: Root, input: Parameters<ObjectStore["read"]>[0]) => Promise<Readable> = async (root, input) => {
  const { key, range, signal } = input;
  signal?.throwIfAborted();
  const path = await pathOf(root, key);
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    // A link in the file's place answers ELOOP and is treated like nothing there.
    if (systemCode(error) === "ELOOP") throw new AppError("not_found", { cause: error, context: { key } });
    throw error;
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new AppError("not_found", { context: { key } });
    const start = range?.start ?? 0;
    const end = Math.min(range?.endExclusive ?? stats.size, stats.size);
    if (start >= end) {
      await handle.close();
      return Readable.from([]);
    }
    // A stream under a signal that has fired fails before anybody can listen to it, which would end the process.
    signal?.throwIfAborted();
    return handle.createReadStream({ start, end: end - 1, highWaterMark: readBytes, ...(signal ? { signal } : {}) });
  } catch (error) {
    await handle.close();
    throw error;
  }
};

const writeTemporary = async (
  root: Root,
  { body, signal }: { body: Uint8Array | Readable; signal: AbortSignal | undefined },
): Promise<string> => {
  await createFolder(root.temporary);
  const path = resolve(root.temporary, randomUUID());
  const handle = await open(path, "wx");
  try {
    // Not a pipeline into a write stream of the handle: without `autoClose` that one never ends.
    await handle.writeFile(body, signal ? { signal } : {});
    await handle.sync();
    return path;
  } catch (error) {
    await unlink(path);
    throw error;
  } finally {
    await handle.close();
  }
};

const put = async (root: Root, input: Parameters<ObjectStore["put"]>[0]): ReturnType<ObjectStore["put"]> => {
  const { key, body, ifAbsent = false, signal } = input;
  const path = await pathOf(root, key);
  signal?.throwIfAborted();
  const temporary = await writeTemporary(root, { body, signal });
  let created = true;
  try {
    signal?.throwIfAborted();
    await createFolder(dirname(path));
    await requireInside(root, dirname(path));
    // Where no links can be made the loser of a race overwrites like with like.
    const linked = ifAbsent ? await linkIfAbsent(temporary, path) : null;
    created = linked ?? !(ifAbsent && (await regularFile(path)) !== null);
    if (linked === null) await rename(temporary, path);
    else await rm(temporary, { force: true });
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
  return { ...infoOf(key, await lstat(path, { bigint: true })), created };
};

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Links `from` to `to` unless `to` exists. Says whether it did; null where no links can be made. */
const linkIfAbsent = async (from: string, to: string): Promise<boolean | null> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? "";
    if (code === "EEXIST") return false;
    if (linkRefused.has(code)) return null;
    throw error;
  }
};

/** The way for other file systems: a copy under a temporary name, then linked or renamed into place. */
const copyIfAbsent = async (root: Root, { from, to }: { from: string; to: string }): Promise<boolean> => {
  await createFolder(root.temporary);
  const temporary = resolve(root.temporary, randomUUID());
  try {
    await copyFile(from, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    await syncFile(temporary);
    const linked = await linkIfAbsent(temporary, to);
    if (linked !== null) return linked;
    // No links at all here. Equal keys hold equal bytes, so the loser of a race overwrites like with like.
    if ((await regularFile(to)) !== null) return false;
    await rename(temporary, to);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
};

const adopt = async (root: Root, input: Parameters<ObjectStore["adopt"]>[0]): ReturnType<ObjectStore["adopt"]> => {
  const { key, path: from, local } = input;
  const to = await pathOf(root, key);
  const source = await regularFile(from);
  const present = await regularFile(to);
  // Asked again after a crash, the file may have moved already.
  if (source === null && present !== null) return { created: false, info: infoOf(key, present) };
  if (source === null) throw new AppError("not_found", { message: "There is no such local file.", context: { key } });
  await syncFile(from);
  await createFolder(dirname(to));
  await requireInside(root, dirname(to));
  const created = (await linkIfAbsent(from, to)) ?? (await copyIfAbsent(root, { from, to }));
  await syncFolder(dirname(to));
  if (local === "consume") await rm(from, { force: true });
  return { created, info: infoOf(key, await lstat(to, { bigint: true })) };
};

async function* list(root: Root, prefix: string): AsyncGenerator<ObjectInfo> {
  requireObjectPrefix(prefix);
  const folder = resolve(root.path, prefix);
  await requireInside(root, folder);
  try {
    for await (const entry of await opendir(folder)) {
      const key = `${prefix}${entry.name}`;
      if (!isObjectKey(key)) continue;
      if (entry.isDirectory()) yield* list(root, `${key}/`);
      const stats = entry.isFile() ? await regularFile(resolve(root.path, key)) : null;
      if (stats !== null) yield infoOf(key, stats);
    }
  } catch (error) {
    // Removed while it was walked: what is gone is not listed.
    if (!isMissing(error)) throw fileFault(error, { prefix });
  }
}

const removePrefix = async (root: Root, prefix: string): Promise<void> => {
  requireObjectPrefix(prefix);
  const folder = resolve(root.path, prefix);
  await requireInside(root, folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
};

const freeBytes = async (root: Root): Promise<number> => {
  await createFolder(root.path);
  const stats = await statfs(root.path, { bigint: true });
  return Number(stats.bavail * stats.bsize);
};

/** Runs `work`, translating faults of the disk into `no_space`, `not_found` and `unavailable`. */
const translated = async <T>(context: Record<string, unknown>, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw fileFault(error, context);
  }
};

/**
 * The object store on a folder, which may lie on a shared disk. An object is a file under its key; half-written ones
 * lie apart in `.tmp` until one rename or link makes them visible.
 */
export const createFileStore = ({ root: folder }: { root: string }): ObjectStore => {
  const path = resolve(folder);
  const root: Root = { path, temporary: `${path}${sep}${temporaryFolder}` };
  return {
    head: (key) => translated({ key }, () => head(root, key)),
    read: (input) => translated({ key: input.key }, () => read(root, input)),
    put: (input) => translated({ key: input.key }, () => put(root, input)),
    adopt: (input) => translated({ key: input.key }, () => adopt(root, input)),
    list: (prefix) => list(root, prefix),
    remove: (key) =>
      translated({ key }, async () => {
        await rm(await pathOf(root, key), { force: true });
      }),
    removePrefix: (prefix) => translated({ prefix }, () => removePrefix(root, prefix)),
    localPath: (key) =>
      translated({ key }, async () => {
        const local = await pathOf(root, key);
        return (await regularFile(local)) === null ? null : local;
      }),
    freeBytes: () => translated({}, () => freeBytes(root)),
  };
};
