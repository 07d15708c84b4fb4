import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "#lib/errors.ts";
import { MediaFailure } from "#lib/media/failures.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";

/**
 * A local path of an original: the stored file itself where the storage is a folder, else a copy fetched into scratch.
 * Throws `MediaFailure` `source_missing` when it is gone, for no retry brings it back.
 */
export const sourcePath = async (input: {
  store: ObjectStore;
  key: string;
  scratchDir: string;
  signal: AbortSignal;
}): Promise<string> => {
  const { store, key, scratchDir, signal } = input;
  const local = await store.localPath(key);
  if (local !== null) return local;
  const path = join(scratchDir, "source");
  await pipeline(await readSource(input), createWriteStream(path, { flags: "wx" }), { signal });
  return path;
};

const readSource = async ({ store, key, signal }: { store: ObjectStore; key: string; signal: AbortSignal }) => {
  try {
    return await store.read({ key, signal });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new MediaFailure("source_missing", { detail: key, cause: error });
  }
};
