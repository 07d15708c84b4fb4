import type { Viewer } from "#lib/accounts/viewer.ts";
import type { Tx } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { insertVideo } from "#lib/db/queries/videos/videos.ts";
import { AppError } from "#lib/errors.ts";
import { newId } from "#lib/ids.ts";
import type { Wishes } from "#lib/media/plan/wishes.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import type { Visibility } from "#lib/videos/dto.ts";
import { mayCreate } from "#lib/videos/policy.ts";

/** A video that begins with an upload. */
export type CreateVideo = {
  viewer: Viewer;
  /** Where it is published; the caller checked that the viewer works on it. Null when they work on none. */
  channel: { id: string } | null;
  title: string;
  visibility: Visibility;
  filename: string;
  sizeBytes: number;
  wishes: Wishes;
};

const maxTitleLength = 200;

/**
 * Makes the video of a new upload, in `uploading`, inside the caller's transaction. A title
 * that is too long is cut, because it comes from a file name. Throws `unauthenticated` for nobody and `forbidden` unless
 * the viewer is a creator or an admin.
 */
export const createVideo = async (
  tx: Tx,
  { viewer, channel, title, visibility, filename, sizeBytes, wishes }: CreateVideo,
): Promise<{ videoId: string }> => {
  if (viewer === null) throw new AppError("unauthenticated");
  if (!mayCreate(viewer)) {
    throw new AppError("forbidden", { hint: "Ask an admin of this instance to make your account a creator." });
  }
  if (channel === null) throw new AppError("forbidden", { message: "Your account has no channel." });
  const videoId = newId();
  await insertVideo(tx, {
    id: videoId,
    channelId: channel.id,
    creatorId: viewer.id,
    title: (title.trim() || filename.trim() || videoId).slice(0, maxTitleLength),
    visibility,
    sourceFilename: filename,
    sourceSizeBytes: sizeBytes,
    wishes,
  });
  await recordAudit(tx, {
    actorId: viewer.id,
    action: "video.create",
    targetType: "video",
    targetId: videoId,
    details: { visibility, sizeBytes },
  });
  await publishVideoEvent(tx, { videoId, event: "changed" });
  return { videoId };
};
