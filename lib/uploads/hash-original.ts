import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { db, transaction } from "#lib/db/client.ts";
import { findUpload, setOriginalHash } from "#lib/db/queries/uploads/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey } from "#lib/storage/keys.ts";

/**
 * Makes the sha256 of a stored original and notes it on the upload and the asset. Runs beside the processing, because its
 * cost grows with the file. Does nothing for an upload that is gone or hashed already. Throws `unavailable` while the
 * storage cannot be read.
 */
export const hashOriginal = async ({ uploadId, signal }: { uploadId: string; signal: AbortSignal }): Promise<void> => {
  const upload = await findUpload(db(), uploadId);
  if (upload === null || upload.state !== "stored" || upload.sha256 !== null) return;
  const key = originalKey({ videoId: upload.videoId, uploadId });
  const hash = createHash("sha256");
  try {
    await pipeline(await objectStore().read({ key, signal }), hash, { signal });
  } catch (error) {
    // Purged in the meantime: there is nothing left to hash.
    if (error instanceof AppError && error.code === "not_found") return;
    throw error;
  }
  const sha256: unknown = hash.read();
  if (!Buffer.isBuffer(sha256)) throw new AppError("internal", { context: { uploadId } });
  await transaction(async (tx) => {
    await setOriginalHash(tx, { uploadId, key, sha256: sha256.toString("hex") });
    // It may have turned out to be a file that was uploaded before.
    await publishVideoEvent(tx, { videoId: upload.videoId, event: "changed" });
  });
};
