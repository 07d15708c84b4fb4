import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { containsText, holdsText } from "#lib/db/queries/instance/contains-text.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import { assets, channels, users, videos } from "#lib/db/schema/index.ts";

/** Which videos are asked for; what is undefined does not matter. */
export type AdminVideoFilter = {
  text?: string | undefined;
  videoId?: string | undefined;
  ownerId?: string | undefined;
  status?: "uploading" | "processing" | "ready" | "failed" | undefined;
  visibility?: "private" | "unlisted" | "public" | undefined;
  is?: "taken_down" | "deleted" | undefined;
  /** Older than the one of this id. */
  after?: string | undefined;
  limit: number;
};

const line = {
  id: videos.id,
  title: videos.title,
  status: videos.status,
  visibility: videos.visibility,
  failureCode: videos.failureCode,
  channelId: channels.id,
  channelHandle: channels.handle,
  channelName: channels.name,
  ownerId: users.id,
  ownerName: users.username,
  durationMs: videos.durationMs,
  takenDownAt: videos.takenDownAt,
  takedownReason: videos.takedownReason,
  deletedAt: videos.deletedAt,
  createdAt: videos.createdAt,
  storedBytes: sql<number>`(
    select coalesce(sum(a.size_bytes), 0)::float8 from ${assets} a where a.video_id = ${videos.id})`,
};

const lines = (tx: DbOrTx) =>
  tx
    .select(line)
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .innerJoin(users, eq(users.id, channels.ownerId))
    .$dynamic();

/** A video with what stands beside it in a list. */
export type AdminVideoRow = Awaited<ReturnType<typeof lines>>[number];

/** Channels that are looked up by their ids; of more, nearly any page of the list has videos. */
const mostNamed = 1000;

const isNamed = (text: string): SQL | undefined =>
  or(containsText(channels.handle, text), containsText(users.username, text));

const channelsNamed = async (tx: DbOrTx, text: string): Promise<string[]> => {
  const named = tx.select({ id: channels.id }).from(channels).innerJoin(users, eq(users.id, channels.ownerId));
  return (await named.where(isNamed(text)).limit(mostNamed)).map(({ id }) => id);
};

/** Titles and ids are each looked up in an index; a condition over joined tables can be in none. */
const textCondition = async (tx: DbOrTx, text: string): Promise<SQL | undefined> => {
  const channelIds = await channelsNamed(tx, text);
  const isOfNamed = channelIds.length < mostNamed ? oneOfIds(videos.channelId, channelIds) : isNamed(text);
  return or(holdsText(videos.title, text), channelIds.length === 0 ? undefined : isOfNamed);
};

/** Videos of whatever state, newest first. */
export const listAdminVideoLines = async (tx: DbOrTx, filter: AdminVideoFilter): Promise<AdminVideoRow[]> => {
  const text = filter.text === undefined ? undefined : await textCondition(tx, filter.text);
  return lines(tx)
    .where(
      and(
        filter.is === "deleted" ? isNotNull(videos.deletedAt) : undefined,
        // Whoever names one by its id gets it, deleted or not.
        filter.is !== "deleted" && filter.videoId === undefined ? isNull(videos.deletedAt) : undefined,
        filter.is === "taken_down" ? isNotNull(videos.takenDownAt) : undefined,
        filter.status === undefined ? undefined : eq(videos.status, filter.status),
        filter.visibility === undefined ? undefined : eq(videos.visibility, filter.visibility),
        filter.ownerId === undefined ? undefined : eq(channels.ownerId, filter.ownerId),
        filter.videoId === undefined ? undefined : eq(videos.id, filter.videoId),
        text,
        filter.after === undefined ? undefined : lt(videos.id, filter.after),
      ),
    )
    .orderBy(desc(videos.id))
    .limit(filter.limit);
};
