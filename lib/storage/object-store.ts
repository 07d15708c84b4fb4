import type { Readable } from "node:stream";

/** What is known of a stored object without reading it. */
export type ObjectInfo = {
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
  /** Strong validator: changes whenever the bytes may have changed. Without quotes. */
  etag: string;
};

/** A stretch of an object; `endExclusive` absent reads to the end. */
export type ByteRange = { start: number; endExclusive?: number };

/**
 * Where originals, runs and stills are kept. Keys are made by `keys.ts` only: lower-case ASCII segments separated by
 * slashes; an adapter refuses any other (`invalid_input`), so no key can leave its root. Writes are atomic: a reader
 * sees all of an object or none of it, and what was written survives a power cut once the promise resolved.
 * Faults of the disk surface as `no_space` or `unavailable`.
 */
export type ObjectStore = {
  /** Facts of an object, or null when there is none. */
  head: (key: string) => Promise<ObjectInfo | null>;
  /** Streams an object or a stretch of it with bounded memory. Throws `not_found`. Ends early when `signal` aborts. */
  read: (input: { key: string; range?: ByteRange; signal?: AbortSignal }) => Promise<Readable>;
  /**
   * Writes bytes under a key, replacing what was there, or leaving it with `ifAbsent` (equal keys hold equal bytes).
   * `created` is false when they were left.
   */
  put: (input: {
    key: string;
    body: Uint8Array | Readable;
    ifAbsent?: boolean;
    signal?: AbortSignal;
  }) => Promise<ObjectInfo & { created: boolean }>;
  /**
   * Puts a local file under a key without copying where the storage allows it. Leaves what is already there (equal keys
   * hold equal bytes) and says so. The local file may be gone afterwards (`consume`), or stays as it was (`keep`).
   */
  adopt: (input: {
    key: string;
    path: string;
    local: "consume" | "keep";
  }) => Promise<{ created: boolean; info: ObjectInfo }>;
  /** Every object whose key starts with `prefix` (a whole segment, ending in a slash), in no particular order. */
  list: (prefix: string) => AsyncIterable<ObjectInfo>;
  /** Removes an object; removing what is not there is fine. */
  remove: (key: string) => Promise<void>;
  /** Removes every object under `prefix`, which ends in a slash. */
  removePrefix: (prefix: string) => Promise<void>;
  /** A path under which local programs can read the object, or null when it must be fetched first. */
  localPath: (key: string) => Promise<string | null>;
  /** Free bytes for new objects, or null when the storage does not say. */
  freeBytes: () => Promise<number | null>;
};
