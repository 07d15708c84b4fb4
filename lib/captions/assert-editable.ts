import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { mayEdit, requireVisibleVideo } from "#lib/videos/policy.ts";

/** Throws what `requireEditableVideo` throws, without holding the video: before anything that is sent is looked at. */
export const assertEditable = async ({ viewer, videoId }: { viewer: Viewer; videoId: string }): Promise<void> => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (!mayEdit(viewer, await requireVisibleVideo(db(), { viewer, videoId }))) throw new AppError("forbidden");
};
