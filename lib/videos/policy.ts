import type { Viewer } from "#lib/accounts/viewer.ts";
import type { DbOrTx } from "#lib/db/client.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Visibility } from "#lib/videos/dto.ts";

/** What decides about a video. */
export type VideoRights = {
  memberIds: readonly string[];
  visibility: Visibility;
  /** When an admin took it down; null for what is not. */
  takenDownAt: Date | null;
  deletedAt: Date | null;
};

/** Whether the viewer may change a video: its channel's members and admins may. */
export const mayEdit = (viewer: Viewer, video: VideoRights): boolean =>
  viewer !== null && (viewer.role === "admin" || video.memberIds.includes(viewer.id));

/**
 * Whether the viewer may see a video by its address: one that is private or was taken down is there for nobody but those
 * who edit, a deleted one for nobody.
 */
export const maySee = (viewer: Viewer, video: VideoRights): boolean =>
  video.deletedAt === null &&
  ((video.visibility !== "private" && video.takenDownAt === null) || mayEdit(viewer, video));

/** Whether what is in a video may be delivered to a viewer who may see it: of one that was taken down to admins alone. */
export const mayPlay = (viewer: Viewer, video: Pick<VideoRights, "takenDownAt">): boolean =>
  video.takenDownAt === null || viewer?.role === "admin";

/** Throws `conflict` for a video that was taken down, but for admins: nothing new is made or published of it. */
export const refuseTakenDown = (viewer: Viewer, video: Pick<VideoRights, "takenDownAt">): void => {
  if (mayPlay(viewer, video)) return;
  throw new AppError("conflict", {
    message: "This video was taken down by an admin.",
    hint: "Its watch page says why. It can be deleted; only an admin can put it back.",
  });
};

/** Whether the viewer may bring videos in. */
export const mayCreate = (viewer: Viewer): boolean => viewer?.role === "creator" || viewer?.role === "admin";

/**
 * The video when the viewer may see it. Throws `not_found` for everything else, so that nobody learns that it exists.
 * `lock` keeps it as it is until the transaction ends.
 */
export const requireVisibleVideo = async (
  tx: DbOrTx,
  { viewer, videoId, lock = false }: { viewer: Viewer; videoId: string; lock?: boolean },
): Promise<VideoRow> => {
  const video = await findVideo(tx, { videoId, lock });
  if (video === null || !maySee(viewer, video)) throw new AppError("not_found");
  return video;
};

/**
 * The video, locked, when the viewer may edit it. Throws `unauthenticated` for nobody, `not_found` when the viewer may
 * not even see it, `forbidden` when they only may look.
 */
export const requireEditableVideo = async (
  tx: DbOrTx,
  { viewer, videoId }: { viewer: Viewer; videoId: string },
): Promise<VideoRow> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const video = await requireVisibleVideo(tx, { viewer, videoId, lock: true });
  if (!mayEdit(viewer, video)) throw new AppError("forbidden");
  return video;
};
