import { sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";

/** Channel on which processes tell each other that something happened to a video. */
export const eventsChannel = "kinora_events";

/**
 * Notifies every listening process when the caller's transaction commits. The ids of the video's creator and channel go
 * along, so that a listener can tell whom it concerns without a query; they are null for a video that is gone.
 */
export const notifyVideoEvent = async (
  tx: DbOrTx,
  { videoId, event }: { videoId: string; event: string },
): Promise<void> => {
  await tx.execute(sql`
    select pg_notify(
      ${eventsChannel},
      json_build_object(
        'videoId', wanted.id, 'event', ${event}::text, 'creatorId', v.creator_id, 'channelId', v.channel_id
      )::text
    )
    from (select ${videoId}::uuid as id) as wanted
    left join videos v on v.id = wanted.id`);
};

/** Channel on which processes tell each other that an account's notices changed. */
export const noticesChannel = "kinora_notices";

/**
 * Notifies every listening process when the caller's transaction commits: of a new notice, or with null that some were
 * read.
 */
export const notifyNotices = async (
  tx: DbOrTx,
  { userId, notificationId }: { userId: string; notificationId: string | null },
): Promise<void> => {
  await tx.execute(sql`
    select pg_notify(
      ${noticesChannel},
      json_build_object('userId', ${userId}::uuid, 'notificationId', ${notificationId}::uuid)::text
    )`);
};
