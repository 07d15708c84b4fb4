import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import { db } from "#lib/db/client.ts";
import { listExpiredUploads, uploadsWithFile } from "#lib/db/queries/uploads/uploads.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { isMissing } from "#lib/storage/file-fault.ts";
import { removeStaleTemporaries } from "#lib/storage/stale-temporaries.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { removeUploadFile, uploadArea } from "#lib/uploads/upload-area.ts";

const batchSize = 100;
/** A file younger than this may belong to a row that is just being made. */
const orphanAgeMs = 3600 * 1000;

/** Ends one upload; what ended otherwise in the meantime is left alone. */
const expireOne = async ({ uploadId, now }: { uploadId: string; now: Date }): Promise<void> => {
  try {
    await cancelUpload({ uploadId, reason: "expired", expiredBefore: now });
  } catch (error) {
    if (!(error instanceof AppError && (error.code === "not_found" || error.code === "conflict"))) throw error;
  }
};

async function* filesOfArea(): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(uploadArea())) {
      if (entry.isFile() && idSchema.safeParse(entry.name).success) yield entry.name;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

const isOld = async (name: string, now: Date): Promise<boolean> => {
  try {
    return now.getTime() - (await stat(join(uploadArea(), name))).mtimeMs > orphanAgeMs;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
};

/** Removes files that no open upload owns: leftovers of a crash between a commit and the removal. */
const removeOrphans = async ({ now, signal }: { now: Date; signal: AbortSignal }): Promise<number> => {
  const old: string[] = [];
  for await (const name of filesOfArea()) {
    signal.throwIfAborted();
    if (await isOld(name, now)) old.push(name);
  }
  let removed = 0;
  for (let start = 0; start < old.length; start += batchSize) {
    const names = old.slice(start, start + batchSize);
    const owned = await uploadsWithFile(db(), names);
    for (const name of names.filter((candidate) => !owned.has(candidate))) {
      await removeUploadFile(name);
      removed += 1;
    }
  }
  return removed;
};

/**
 * The janitor of the upload area, led by the database: ends uploads that got no byte until they expired, with their
 * videos, and removes files that belong to nobody, half-written objects of dead processes too. Finished uploads are never touched.
 */
export const expireUploads = async (input: {
  signal: AbortSignal;
  now?: Date;
}): Promise<{ expired: number; orphans: number }> => {
  const { signal, now = new Date() } = input;
  let expired = 0;
  for (;;) {
    const ids = await listExpiredUploads(db(), { now, limit: batchSize });
    for (const uploadId of ids) {
      signal.throwIfAborted();
      await expireOne({ uploadId, now });
      expired += 1;
    }
    if (ids.length < batchSize) break;
  }
  const orphans = await removeOrphans({ now, signal });
  await removeStaleTemporaries({ root: env().storageDir, now });
  return { expired, orphans };
};
