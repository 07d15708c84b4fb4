import { rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { env } from "#lib/env.ts";
import { createFolder } from "#lib/storage/durable-folder.ts";
import { isMissing } from "#lib/storage/file-fault.ts";
import { objectStore } from "#lib/storage/index.ts";

/** Folder of the bytes of unfinished uploads. On the storage's file system, finishing costs no copy. */
export const uploadArea = (): string => join(env().dataDir, "uploads");

/** Where the bytes of an upload lie until it has ended. The id is a uuid that the database knows. */
export const uploadPath = (uploadId: string): string => join(uploadArea(), uploadId);

/** Size of a file in bytes, or null when there is none. */
export const fileSize = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
};

/** Removes the bytes of an upload; removing what is not there is fine. */
export const removeUploadFile = (uploadId: string): Promise<void> => rm(uploadPath(uploadId), { force: true });

/** Free bytes for a new upload: the upload area's, or the storage's when that has less. */
export const freeUploadBytes = async (): Promise<number> => {
  await createFolder(uploadArea());
  const [area, stored] = await Promise.all([statfs(uploadArea(), { bigint: true }), objectStore().freeBytes()]);
  return Math.min(Number(area.bavail * area.bsize), stored ?? Number.POSITIVE_INFINITY);
};
