import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { mayEdit, requireVisibleVideo, type VideoRights } from "#lib/videos/policy.ts";

/** The video, as `requireEditableVideo` gives it, without holding it: before anything that is sent is looked at. */
export const assertEditable = async (input: { viewer: Viewer; videoId: string }): Promise<VideoRights> => {
  if (input.viewer === null) throw new AppError("unauthenticated");
  const video = await requireVisibleVideo(db(), input);
  if (!mayEdit(input.viewer, video)) throw new AppError("forbidden");
  return video;
};
