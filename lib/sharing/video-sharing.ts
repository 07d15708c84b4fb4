import type { Viewer } from "#lib/accounts/viewer.ts";
import { transaction } from "#lib/db/client.ts";
import { recordAudit } from "#lib/db/queries/instance/audit.ts";
import { findVideoSharing, putVideoSharing } from "#lib/db/queries/sharing/settings.ts";
import type { VideoSharingDto, VideoSharingPatch } from "#lib/sharing/dto.ts";
import { requireEditableVideo } from "#lib/videos/policy.ts";

type Asked = { viewer: Viewer; videoId: string };

/** What others may do with a video, for those who work on it. Throws like `requireEditableVideo`. */
export const getVideoSharing = ({ viewer, videoId }: Asked): Promise<VideoSharingDto> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    return findVideoSharing(tx, videoId);
  });

/** Changes what others may do with a video. Throws like `requireEditableVideo`. */
export const editVideoSharing = ({
  viewer,
  videoId,
  patch,
}: Asked & { patch: VideoSharingPatch }): Promise<VideoSharingDto> =>
  transaction(async (tx) => {
    await requireEditableVideo(tx, { viewer, videoId });
    const before = await findVideoSharing(tx, videoId);
    const { embeddable = before.embeddable, downloadable = before.downloadable } = patch;
    const after = { embeddable, downloadable };
    await putVideoSharing(tx, { videoId, ...after });
    await recordAudit(tx, {
      ...{ actorId: viewer?.id ?? null, action: "video.sharing", targetType: "video", targetId: videoId },
      ...{ before, after },
    });
    return after;
  });
