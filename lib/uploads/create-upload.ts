import { addressUnconfirmed, isAddressGoodEnough } from "#lib/accounts/confirmed-address.ts";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { insertUpload } from "#lib/db/queries/uploads/uploads.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { instanceSettings } from "#lib/settings/instance-settings.ts";
import { uploadExpiry } from "#lib/uploads/upload-expiry.ts";
import type { UploadMetadata } from "#lib/uploads/upload-metadata.ts";
import { uploadTarget } from "#lib/uploads/upload-target.ts";
import { reserveQuota } from "#lib/usage/reserve-quota.ts";

/** Kept free for the database, the log and what processing writes. */
const reservedBytes = 256 * 1024 * 1024;

/** A new upload; the caller has made its id. */
export type CreateUpload = {
  viewer: Viewer;
  uploadId: string;
  sizeBytes: number;
  metadata: UploadMetadata;
  /** Free bytes where uploads go, or null when nobody can tell. */
  freeBytes: () => Promise<number | null>;
};

const requireSpace = async ({ sizeBytes, freeBytes }: Pick<CreateUpload, "sizeBytes" | "freeBytes">): Promise<void> => {
  const free = await freeBytes();
  if (free !== null && sizeBytes + reservedBytes > free) {
    throw new AppError("no_space", {
      message: "The server has no space left for a file of this size.",
      hint: "Try again when the operator has made room.",
      context: { sizeBytes, freeBytes: free },
    });
  }
};

/**
 * Makes an upload and its video, which is there from this moment on. Throws `unauthenticated`, `forbidden`, `too_large`
 * (MAX_UPLOAD_BYTES), `address_unconfirmed` where that is asked for, `no_space`, `quota_exceeded`, and what `uploadTarget` throws.
 */
export const createUpload = async (input: CreateUpload): Promise<{ videoId: string }> => {
  const { viewer, uploadId, sizeBytes, metadata } = input;
  if (viewer === null) throw new AppError("unauthenticated");
  const { maxUploadBytes } = env();
  if (maxUploadBytes !== null && sizeBytes > maxUploadBytes) {
    throw new AppError("too_large", { hint: `A file may have at most ${maxUploadBytes} bytes.` });
  }
  if (!(await isAddressGoodEnough(viewer))) throw addressUnconfirmed();
  await requireSpace(input);
  const usual = await instanceSettings();
  return transaction(async (tx) => {
    const videoId = await uploadTarget(tx, { viewer, metadata, sizeBytes });
    const { filename, title, visibility } = metadata;
    await insertUpload(tx, {
      id: uploadId,
      videoId,
      ownerId: viewer.id,
      sizeBytes,
      filename,
      replaces: metadata.replaces !== null,
      metadata: { filename, filetype: metadata.filetype, title, visibility },
      expiresAt: uploadExpiry(new Date()),
    });
    await reserveQuota(tx, { uploadId, videoId, sizeBytes, usual });
    return { videoId };
  });
};
