import type { Tx } from "#lib/db/client.ts";
import { findVideoSubject } from "#lib/db/queries/videos/video-title.ts";
import type { EventType } from "#lib/notifications/event-types.ts";
import { recordEvent } from "#lib/notifications/record-event.ts";

/**
 * Records that something happened to a video, in the transaction of the happening: for whoever uploaded it, or for the
 * channel's founder when they work there no more. The title goes along as it is now. Nothing is recorded of a video that is gone.
 */
export const recordVideoEvent = async (
  tx: Tx,
  event: { type: EventType; videoId: string; data?: Record<string, unknown>; dedupeKey?: string },
): Promise<void> => {
  const { type, videoId, data, dedupeKey } = event;
  const video = await findVideoSubject(tx, videoId);
  if (video === null) return;
  await recordEvent(tx, {
    ...{ type, userId: video.toldId, channelId: video.channelId, videoId },
    data: { title: video.title, ...data },
    ...(dedupeKey === undefined ? {} : { dedupeKey }),
  });
};
