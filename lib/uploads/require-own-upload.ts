import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findUpload, type UploadRow } from "#lib/db/queries/uploads/uploads.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";

/**
 * The upload when it is the viewer's own. Throws `unauthenticated` for nobody, `not_found` for everything that is not
 * theirs (admins included: the bytes are their sender's alone), `gone` once it has expired or its video was deleted.
 */
export const requireOwnUpload = async ({
  viewer,
  uploadId,
}: {
  viewer: Viewer;
  uploadId: string;
}): Promise<UploadRow> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const upload = idSchema.safeParse(uploadId).success ? await findUpload(db(), uploadId) : null;
  if (upload === null || upload.ownerId !== viewer.id) throw new AppError("not_found");
  const expired = upload.state === "receiving" && upload.expiresAt.getTime() < Date.now();
  if (expired || upload.videoDeletedAt !== null || upload.state === "cancelled" || upload.state === "expired") {
    throw new AppError("gone", { message: "This upload has ended.", hint: "Start a new one." });
  }
  return upload;
};
