import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "#lib/errors.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import type { ScratchSpace } from "#worker/supervision/scratch-space.ts";

/** An original that is there or on its way, for as long as it is held. */
export type HeldSource = {
  /**
   * Its local path, once it is there. Throws `MediaFailure` `source_missing` when it is gone, for no retry brings it back,
   * and the signal's reason.
   */
  path: (signal: AbortSignal) => Promise<string>;
  release: () => Promise<void>;
};

/** Local copies of originals for a worker whose storage is not a folder. */
export type SourceCache = {
  /**
   * Begins to bring the original under a local path: the stored file itself where the storage is a folder, else a copy
   * that all steps of this worker share. Must be released. Null when the scratch disk has no room for the copy.
   */
  hold: (key: string) => Promise<HeldSource | null>;
  /** Removes all copies that nobody holds. */
  shed: () => Promise<void>;
};

const folderStart = "sources-";

/** Name of a worker's folder of copies under the scratch folder. */
export const sourcesFolder = (workerId: string): string => `${folderStart}${workerId}`;

/** The worker whose copies a folder holds, or null for another folder. */
export const workerOfSources = (name: string): string | null =>
  name.startsWith(folderStart) ? name.slice(folderStart.length) : null;

type Entry = {
  path: string;
  sizeBytes: number;
  /** Steps that use it, and the fetch itself: what is being written must not be removed under it. */
  holders: number;
  /** Whether there is room for it. */
  room: Promise<boolean>;
  ready: Promise<void>;
};

const readSource = async (store: ObjectStore, key: string) => {
  try {
    return await store.read({ key });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new MediaFailure("source_missing", { detail: key, cause: error });
  }
};

const partialOf = (path: string) => `${path}.part`;

/** Fetches under another name first: a half-fetched file is never taken for a whole one. */
const fetchTo = async (store: ObjectStore, { key, path }: { key: string; path: string }): Promise<void> => {
  const partial = partialOf(path);
  try {
    await pipeline(await readSource(store, key), createWriteStream(partial));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
};

/** Removes copies that nobody holds, the longest unused first, until at most `maxBytes` are left. */
const evict = async (entries: Map<string, Entry>, maxBytes: number): Promise<void> => {
  let total = [...entries.values()].reduce((sum, entry) => sum + entry.sizeBytes, 0);
  for (const [key, entry] of entries) {
    if (total <= maxBytes) return;
    if (entry.holders > 0) continue;
    entries.delete(key);
    total -= entry.sizeBytes;
    await rm(entry.path, { force: true });
  }
};

/** Waits for something that others wait for too, as long as this one may. */
const waitFor = async (work: Promise<void>, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
};

/**
 * Keeps at most `maxBytes` of copies in `folder`, which must belong to this worker alone; those in use stay whatever
 * their size, the longest unused go first. Room for a copy is reserved in `space` before it is fetched. An original is
 * fetched once however many steps ask for it at the same time; a fetch goes on when the step that asked first is taken
 * away, for others wait for it.
 */
export const createSourceCache = (input: {
  store: ObjectStore;
  folder: string;
  maxBytes: number;
  space: ScratchSpace;
}): SourceCache => {
  const { store, folder, space } = input;
  // A Map keeps the order of insertion: what was used last is put at its end.
  const entries = new Map<string, Entry>();

  const evictTo = (bytes: number) => evict(entries, bytes);

  const reserve = async (entry: Entry, key: string) => {
    entry.sizeBytes = (await store.head(key))?.sizeBytes ?? 0;
    await evictTo(input.maxBytes);
    await mkdir(folder, { recursive: true });
    const wanted = { path: partialOf(entry.path), bytes: entry.sizeBytes };
    const reservation = await space.reserve(wanted);
    if (reservation !== null) return reservation;
    await evictTo(0);
    return space.reserve(wanted);
  };

  const begin = (key: string): Entry => {
    const path = join(folder, createHash("sha256").update(key).digest("hex").slice(0, 32));
    const entry: Entry = { path, sizeBytes: 0, holders: 1, room: Promise.resolve(true), ready: Promise.resolve() };
    const reserving = reserve(entry, key);
    entry.room = reserving.then((reservation) => reservation !== null);
    entry.ready = (async () => {
      const reservation = await reserving;
      if (reservation === null) return;
      try {
        await fetchTo(store, { key, path });
      } finally {
        entry.holders -= 1;
        // What has been written is seen by everybody.
        await reservation.release();
      }
    })();
    const forget = () => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.room.then((isThere) => (isThere ? undefined : forget()), forget);
    entry.ready.catch(forget);
    return entry;
  };

  const holdCopy = async (key: string): Promise<HeldSource | null> => {
    const entry = entries.get(key) ?? begin(key);
    entries.delete(key);
    entries.set(key, entry);
    entry.holders += 1;
    if (!(await entry.room)) return null;
    return {
      path: async (signal) => {
        await waitFor(entry.ready, signal);
        return entry.path;
      },
      release: async () => {
        entry.holders -= 1;
        await evictTo(input.maxBytes);
      },
    };
  };

  return {
    shed: () => evictTo(0),
    hold: async (key) => {
      const local = await store.localPath(key);
      return local === null ? holdCopy(key) : { path: async () => local, release: async () => undefined };
    },
  };
};
