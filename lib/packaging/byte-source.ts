import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { AppError } from "#lib/errors.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import type { SourceLocation } from "#lib/packaging/contract.ts";

/**
 * The bytes of an original. Local files are read at once, without going through the thread pool: the packaging thread
 * has nothing else to do, and an index takes thousands of small reads.
 */
export type ByteSource = {
  sizeBytes: number;
  /** Changes when the file does. */
  version: string;
  /** Bytes up to which it is cheaper to read on than to read again. */
  gapBytes: number;
  /** Fills `into` with the bytes at `at`. Throws `SourceRefusal` when the file ends before. */
  fill: (into: Uint8Array, at: number) => void | Promise<void>;
  close: () => void;
};

const beyond = () => new SourceRefusal("the file ends before its index says");

const missing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

const openFile = (path: string): number => {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw missing(error) ? new AppError("not_found", { cause: error }) : error;
  }
};

const openLocal = (path: string): ByteSource => {
  const file = openFile(path);
  const { size, mtimeMs, ino } = fstatSync(file);
  return {
    sizeBytes: size,
    version: `${ino}:${size}:${mtimeMs}`,
    gapBytes: 32 * 1024,
    fill: (into, at) => {
      for (let done = 0; done < into.byteLength; ) {
        const read = readSync(file, into, done, into.byteLength - done, at + done);
        if (read === 0) throw beyond();
        done += read;
      }
    },
    close: () => closeSync(file),
  };
};

const openRemote = async (key: string): Promise<ByteSource> => {
  // Only where the storage is remote: it brings the configuration along, which takes longer than a whole index.
  const { objectStore } = await import("#lib/storage/index.ts");
  const store = objectStore();
  const info = await store.head(key);
  if (info === null) throw new AppError("not_found");
  return {
    sizeBytes: info.sizeBytes,
    version: info.etag,
    gapBytes: 1024 * 1024,
    fill: async (into, at) => {
      let done = 0;
      for await (const piece of await store.read({ key, range: { start: at, endExclusive: at + into.byteLength } })) {
        if (!(piece instanceof Uint8Array) || done + piece.byteLength > into.byteLength) throw beyond();
        into.set(piece, done);
        done += piece.byteLength;
      }
      if (done < into.byteLength) throw beyond();
    },
    close: () => undefined,
  };
};

/** Opens an original: a key only where the storage gives no local path. Throws `not_found` when it is not there. */
export const openByteSource = async (location: SourceLocation): Promise<ByteSource> =>
  "path" in location ? openLocal(location.path) : openRemote(location.key);

/** A stretch of the file as bytes of its own. Throws `SourceRefusal` when it is not all there. */
export const readBytes = async (source: ByteSource, at: number, length: number): Promise<Uint8Array<ArrayBuffer>> => {
  if (at < 0 || length < 0 || at + length > source.sizeBytes) throw beyond();
  const bytes = new Uint8Array(length);
  await source.fill(bytes, at);
  return bytes;
};
