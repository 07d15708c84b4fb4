import { z } from "zod";
import type { Viewer } from "#lib/accounts/viewer.ts";
import { idSchema, newId } from "#lib/ids.ts";
import { createFolder } from "#lib/storage/durable-folder.ts";
import { createUpload } from "#lib/uploads/create-upload.ts";
import { freeUploadBytes, uploadArea } from "#lib/uploads/upload-area.ts";
import { replacingMetadata } from "#lib/uploads/upload-metadata.ts";

/** A new file that is announced for a video. */
export const replaceFileSchema = z
  .strictObject({
    filename: z.string().min(1).max(255),
    sizeBytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    filetype: z.string().max(255).optional(),
  })
  .meta({ id: "FileReplacement" });

/** Where its bytes go: a tus upload like any other. */
export const replacingUploadSchema = z
  .object({ uploadId: idSchema, videoId: idSchema, uploadUrl: z.string() })
  .meta({ id: "ReplacingUpload" });

/**
 * Announces a new file for a video that keeps its address: gives the upload that takes its bytes. The old file plays on
 * until the new one's run has published. Throws what `createUpload` throws for uploads with `replaces`.
 */
export const replaceFile = async (input: {
  viewer: Viewer;
  videoId: string;
  file: z.output<typeof replaceFileSchema>;
}): Promise<z.output<typeof replacingUploadSchema>> => {
  const { viewer, videoId, file } = input;
  const uploadId = newId();
  const metadata = replacingMetadata({ videoId, filename: file.filename, filetype: file.filetype ?? null });
  await createFolder(uploadArea());
  await createUpload({ viewer, uploadId, sizeBytes: file.sizeBytes, metadata, freeBytes: freeUploadBytes });
  return { uploadId, videoId, uploadUrl: `/api/v1/uploads/${uploadId}` };
};
