import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "#lib/errors.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

/** A local path of an original, for as long as it is held. */
export type HeldSource = { path: string; release: () => Promise<void> };

/** Local copies of originals for a worker whose storage is not a folder. */
export type SourceCache = {
  /**
   * The original under a local path: the stored file itself where the storage is a folder, else a copy that all steps of
   * this worker share. Must be released. Throws `MediaFailure` `source_missing` when it is gone, for no retry brings it back.
   */
  hold: (input: { key: string; signal: AbortSignal }) => Promise<HeldSource>;
};

const folderStart = "sources-";

/** Name of a worker's folder of copies under the scratch folder. */
export const sourcesFolder = (workerId: string): string => `${folderStart}${workerId}`;

/** The worker whose copies a folder holds, or null for another folder. */
export const workerOfSources = (name: string): string | null =>
  name.startsWith(folderStart) ? name.slice(folderStart.length) : null;

type Entry = { path: string; sizeBytes: number; holders: number; ready: Promise<void> };

const readSource = async (store: ObjectStore, key: string) => {
  try {
    return await store.read({ key });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new MediaFailure("source_missing", { detail: key, cause: error });
  }
};

/** Fetches under another name first: a half-fetched file is never taken for a whole one. */
const fetchTo = async (store: ObjectStore, { key, path }: { key: string; path: string }): Promise<void> => {
  const partial = `${path}.${randomUUID()}.part`;
  try {
    await pipeline(await readSource(store, key), createWriteStream(partial, { flags: "wx" }));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
};

/**
 * Keeps at most `maxBytes` of copies in `folder`, which must belong to this worker alone; those in use stay whatever
 * their size, the longest unused go first. An original is fetched once however many steps ask for it at the same time; a
 * fetch goes on when the step that asked first is taken away, for others wait for it.
 */
export const createSourceCache = (input: { store: ObjectStore; folder: string; maxBytes: number }): SourceCache => {
  const { store, folder, maxBytes } = input;
  // A Map keeps the order of insertion: what was used last is put at its end.
  const entries = new Map<string, Entry>();

  const evict = async (): Promise<void> => {
    let total = [...entries.values()].reduce((sum, entry) => sum + entry.sizeBytes, 0);
    for (const [key, entry] of entries) {
      if (total <= maxBytes) return;
      if (entry.holders > 0) continue;
      entries.delete(key);
      total -= entry.sizeBytes;
      await rm(entry.path, { force: true });
    }
  };

  const begin = (key: string): Entry => {
    const path = join(folder, createHash("sha256").update(key).digest("hex").slice(0, 32));
    const entry: Entry = { path, sizeBytes: 0, holders: 0, ready: Promise.resolve() };
    entry.ready = (async () => {
      entry.sizeBytes = (await store.head(key))?.sizeBytes ?? 0;
      await evict();
      await mkdir(folder, { recursive: true });
      await fetchTo(store, { key, path });
    })();
    entry.ready.catch(() => {
      if (entries.get(key) === entry) entries.delete(key);
    });
    return entry;
  };

  const holdCopy = async (key: string): Promise<HeldSource> => {
    const entry = entries.get(key) ?? begin(key);
    entries.delete(key);
    entries.set(key, entry);
    entry.holders += 1;
    const release = async (): Promise<void> => {
      entry.holders -= 1;
      await evict();
    };
    try {
      await entry.ready;
    } catch (error) {
      entry.holders -= 1;
      throw error;
    }
    return { path: entry.path, release };
  };

  return {
    hold: async ({ key, signal }) => {
      signal.throwIfAborted();
      const local = await store.localPath(key);
      if (local !== null) return { path: local, release: async () => undefined };
      const held = await holdCopy(key);
      if (!signal.aborted) return held;
      await held.release();
      throw signal.reason;
    },
  };
};
