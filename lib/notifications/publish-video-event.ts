import type { DbOrTx } from "#lib/db/client.ts";
import { notifyVideoEvent } from "#lib/db/queries/notifications/events.ts";
import type { VideoEventName } from "#lib/videos/dto.ts";

/**
 * Tells every process that something happened to a video, when and only when the caller's transaction commits. Carries
 * ids only: readers fetch the video as their own viewer may see it.
 */
export const publishVideoEvent = (
  tx: DbOrTx,
  { videoId, event }: { videoId: string; event: VideoEventName },
): Promise<void> => notifyVideoEvent(tx, { videoId, event });
