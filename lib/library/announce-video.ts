import { transaction } from "#lib/db/client.ts";
import { listToTell } from "#lib/db/queries/people/subscriptions.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { queueAnnouncement } from "#lib/library/queue-announcement.ts";
import { recordEvents } from "#lib/notifications/record-events.ts";

/** Subscribers told in one transaction: a channel of a million is told in small steps, and other work goes on between. */
const batch = 500;

const isOpen = (video: VideoRow | null): video is VideoRow =>
  video !== null &&
  video.visibility === "public" &&
  video.status === "ready" &&
  video.deletedAt === null &&
  video.takenDownAt === null;

/**
 * Tells a batch of a channel's subscribers of its new video and queues the next batch with it, in one transaction. Whoever
 * runs it again tells nobody twice. Stops when the video is no longer open to everybody, and leaves out who works on the
 * channel.
 */
export const announceVideo = ({
  videoId,
  afterUserId,
}: {
  videoId: string;
  afterUserId: string | null;
}): Promise<void> =>
  transaction(async (tx) => {
    const video = await findVideo(tx, { videoId });
    if (!isOpen(video)) return;
    const { channelId, channelName: channel, title, memberIds } = video;
    const userIds = await listToTell(tx, { channelId, afterUserId, limit: batch });
    await recordEvents(
      tx,
      userIds
        .filter((userId) => !memberIds.includes(userId))
        .map((userId) => ({
          ...{ type: "video.published" as const, userId, channelId, videoId },
          data: { title, channel },
          dedupeKey: `video.published:${videoId}:${userId}`,
        })),
    );
    const last = userIds.at(-1);
    if (userIds.length === batch && last !== undefined) await queueAnnouncement(tx, { videoId, afterUserId: last });
  });
