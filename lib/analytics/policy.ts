import type { Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import type { VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { mayEdit, requireVisibleVideo } from "#lib/videos/policy.ts";

/**
 * The video when the viewer may read how it is watched: members of its channel and admins may. Throws `unauthenticated` for
 * nobody, `not_found` when the viewer may not even see it, `forbidden` when they only may look.
 */
export const requireWatchedVideo = async (
  tx: DbOrTx,
  { viewer, videoId }: { viewer: Viewer; videoId: string },
): Promise<VideoRow> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const video = await requireVisibleVideo(tx, { viewer, videoId });
  if (!mayEdit(viewer, video)) throw new AppError("forbidden");
  return video;
};
