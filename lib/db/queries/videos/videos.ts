import { and, desc, eq, getTableColumns, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { channelsOfMember, memberIdsOfChannel } from "#lib/db/queries/channels/channel-members.ts";
import { containsText } from "#lib/db/queries/instance/contains-text.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import { deletePeopleRowsOfVideo } from "#lib/db/queries/people/erase.ts";
import { isFindable } from "#lib/db/queries/search/findable.ts";
import {
  assets,
  audioExports,
  captions,
  channels,
  chapters,
  chunks,
  renditions,
  runSteps,
  runs,
  uploads,
  videos,
} from "#lib/db/schema/index.ts";

const videoColumns = {
  ...getTableColumns(videos),
  channelHandle: channels.handle,
  channelName: channels.name,
  ownerId: channels.ownerId,
  memberIds: memberIdsOfChannel,
};

/**
 * A video with what its channel says about it: who may work on it, whose account it counts against and how the channel is
 * called.
 */
export type VideoRow = typeof videos.$inferSelect & {
  channelHandle: string;
  channelName: string;
  ownerId: string;
  memberIds: string[];
};
/** A new video's values. */
export type NewVideo = typeof videos.$inferInsert;
/** A rendition as stored. */
export type RenditionRow = typeof renditions.$inferSelect;
/** A stored file as stored. */
export type AssetRow = typeof assets.$inferSelect & { videoId: string };
/** What is told of an open upload. */
export type OpenUploadRow = { id: string; videoId: string; offsetBytes: number; sizeBytes: number };

/** Orders of a list: by time, by what is watched most now (lib/analytics/trend-score.ts), or by all views ever. */
export const videoSorts = ["newest", "oldest", "trending", "popular"] as const;
/** See `videoSorts`. */
export type VideoSort = (typeof videoSorts)[number];

/**
 * Where a list begins: the sort value (publication, null for `id` order; score or views where those sort) and id of the
 * last row of the page before.
 */
export type VideoPosition = { value: Date | number | null; id: string };

/** Which videos a list holds. `publicOnly` also demands `ready`. */
export type VideoFilter = {
  /** Only videos of channels of which this account is a member. */
  memberId?: string | undefined;
  /** Handle or id. */
  channel?: string | undefined;
  publicOnly: boolean;
  titleContains?: string | undefined;
  sort: VideoSort;
  after?: VideoPosition | undefined;
  limit: number;
};

/** Inserts a video. */
export const insertVideo = async (tx: DbOrTx, video: NewVideo): Promise<void> => {
  await tx.insert(videos).values(video);
};

/**
 * A video with its channel, deleted ones too, or null. `lock` keeps others from changing it until the transaction ends.
 */
export const findVideo = async (
  tx: DbOrTx,
  { videoId, lock = false }: { videoId: string; lock?: boolean },
): Promise<VideoRow | null> => {
  const query = tx
    .select(videoColumns)
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(eq(videos.id, videoId))
    .limit(1);
  const [row] = await (lock ? query.for("update", { of: videos }) : query);
  return row ?? null;
};

/** Videos by ids, in the order given; those that are not there are left out. */
const videosOf = async (tx: DbOrTx, videoIds: readonly string[], condition?: SQL): Promise<VideoRow[]> => {
  if (videoIds.length === 0) return [];
  const rows = await tx
    .select(videoColumns)
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(and(oneOfIds(videos.id, videoIds), condition));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return videoIds.flatMap((id) => byId.get(id) ?? []);
};

/** Those of several videos that there are, with their channels, in the order given. Says nothing about who may see them. */
export const findVideos = (tx: DbOrTx, videoIds: readonly string[]): Promise<VideoRow[]> => videosOf(tx, videoIds);

/** Those of several videos that everybody may find at this moment, in the order given: an index may be behind. */
export const findFindableVideos = (tx: DbOrTx, videoIds: readonly string[]): Promise<VideoRow[]> =>
  videosOf(tx, videoIds, isFindable(sql`${videos.id}`));

const isUuid = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

// Of the video's own column: as a condition of the joined channel it has the planner walk through everybody's newest videos.
const channelCondition = (channel: string): SQL =>
  isUuid(channel)
    ? eq(videos.channelId, channel)
    : sql`${videos.channelId} = (select named.id from channels named where named.handle = ${channel}::citext)`;

/** What sorts by popularity, or null. */
const measureOf = (sort: VideoSort) =>
  sort === "trending" ? videos.trendScore : sort === "popular" ? videos.viewCount : null;

/** Row comparison, so that the index is entered at the position instead of counting rows. */
const afterCondition = ({ publicOnly, sort, after }: VideoFilter): SQL | undefined => {
  if (after === undefined) return undefined;
  const { value, id } = after;
  const measure = measureOf(sort);
  // Of the column's own type: a comparison of another one reads the whole index.
  const type = sql.raw(sort === "popular" ? "bigint" : "float8");
  if (measure !== null) return sql`(${measure}, ${videos.id}) < (${value}::${type}, ${id}::uuid)`;
  const sign = sort === "newest" ? sql`<` : sql`>`;
  if (!publicOnly || !(value instanceof Date)) return sql`${videos.id} ${sign} ${id}::uuid`;
  return sql`(${videos.publishedAt}, ${videos.id}) ${sign} (${value.toISOString()}::timestamptz, ${id}::uuid)`;
};

const orderOf = ({ publicOnly, sort }: VideoFilter): SQL[] => {
  // NULLS LAST is how the indexes are built; without the words PostgreSQL would sort instead of reading them.
  const byId = sort === "oldest" ? sql`${videos.id} asc` : sql`${videos.id} desc nulls last`;
  const measure = measureOf(sort);
  if (measure !== null) return [sql`${measure} desc nulls last`, byId];
  const byTime = sort === "newest" ? sql`${videos.publishedAt} desc nulls last` : sql`${videos.publishedAt} asc`;
  return publicOnly ? [byTime, byId] : [byId];
};

/**
 * At most `limit` videos after a position. Unless they go by popularity, public lists go by `published_at` and others by
 * creation (ids of version 7 sort by time). Never counts and never skips rows.
 */
export const listVideoRows = (tx: DbOrTx, filter: VideoFilter): Promise<VideoRow[]> => {
  const conditions = [
    isNull(videos.deletedAt),
    filter.publicOnly ? eq(videos.visibility, "public") : undefined,
    filter.publicOnly ? eq(videos.status, "ready") : undefined,
    filter.publicOnly ? isNull(videos.takenDownAt) : undefined,
    filter.publicOnly ? isNotNull(videos.publishedAt) : undefined,
    filter.memberId === undefined ? undefined : inArray(videos.channelId, channelsOfMember(tx, filter.memberId)),
    filter.channel === undefined ? undefined : channelCondition(filter.channel),
    filter.titleContains === undefined ? undefined : containsText(videos.title, filter.titleContains),
    afterCondition(filter),
  ];
  return tx
    .select(videoColumns)
    .from(videos)
    .innerJoin(channels, eq(channels.id, videos.channelId))
    .where(and(...conditions))
    .orderBy(...orderOf(filter))
    .limit(filter.limit);
};

/** Changes of a video's row. */
export type VideoChanges = Partial<
  Pick<
    NewVideo,
    | "channelId"
    | "title"
    | "description"
    | "tags"
    | "category"
    | "language"
    | "visibility"
    | "publishedAt"
    | "playbackVersion"
    | "deletedAt"
    | "status"
    | "failureCode"
  >
>;

/** Changes a video and returns it. Null when there is none. */
export const updateVideo = async (
  tx: DbOrTx,
  { videoId, changes }: { videoId: string; changes: VideoChanges },
): Promise<VideoRow | null> => {
  await tx
    .update(videos)
    .set({ ...changes, updatedAt: new Date() })
    .where(eq(videos.id, videoId));
  return findVideo(tx, { videoId });
};

/**
 * Marks a video as deleted and ends its playback addresses; gives the time, on the database's clock: what ended in the same
 * transaction did so at the very same one.
 */
export const markVideoDeleted = async (tx: DbOrTx, videoId: string): Promise<Date> => {
  const [row] = await tx
    .update(videos)
    .set({
      deletedAt: sql`now()`,
      playbackVersion: sql`${videos.playbackVersion} + 1`,
      updatedAt: sql`now()`,
    })
    .where(eq(videos.id, videoId))
    .returning({ deletedAt: videos.deletedAt });
  return row?.deletedAt ?? new Date();
};

/** Picture renditions of several runs, best last. */
export const renditionsOfRuns = async (tx: DbOrTx, runIds: readonly string[]): Promise<RenditionRow[]> =>
  runIds.length === 0
    ? []
    : tx
        .select()
        .from(renditions)
        .where(and(oneOfIds(renditions.runId, runIds), eq(renditions.kind, "video")))
        .orderBy(renditions.bandwidth);

/** Stored files of several videos that their owners may download. */
export const assetsOfVideos = async (tx: DbOrTx, videoIds: readonly string[]): Promise<AssetRow[]> => {
  if (videoIds.length === 0) return [];
  const rows = await tx
    .select()
    .from(assets)
    .where(and(oneOfIds(assets.videoId, videoIds), inArray(assets.kind, ["original", "audio", "poster"])))
    .orderBy(assets.id);
  return rows.flatMap(({ videoId, ...row }) => (videoId === null ? [] : [{ ...row, videoId }]));
};

/** The newest upload of each of several videos that still receives bytes. */
export const openUploadsOfVideos = async (tx: DbOrTx, videoIds: readonly string[]): Promise<OpenUploadRow[]> =>
  videoIds.length === 0
    ? []
    : tx
        .selectDistinctOn([uploads.videoId], {
          id: uploads.id,
          videoId: uploads.videoId,
          offsetBytes: uploads.offsetBytes,
          sizeBytes: uploads.sizeBytes,
        })
        .from(uploads)
        .where(and(oneOfIds(uploads.videoId, videoIds), inArray(uploads.state, ["receiving", "received"])))
        .orderBy(uploads.videoId, desc(uploads.id));

/** Whether a run of the video is going on. */
export const hasRunningRun = async (tx: DbOrTx, videoId: string): Promise<boolean> => {
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.videoId, videoId), eq(runs.state, "running")))
    .limit(1);
  return rows.length > 0;
};

/** Removes every row of a video; its files are gone before. Meant for one transaction. */
export const deleteVideoRows = async (tx: DbOrTx, videoId: string): Promise<void> => {
  const runIds = tx.select({ id: runs.id }).from(runs).where(eq(runs.videoId, videoId));
  await tx.delete(renditions).where(inArray(renditions.runId, runIds));
  await tx.delete(runSteps).where(inArray(runSteps.runId, runIds));
  await tx.delete(chunks).where(inArray(chunks.runId, runIds));
  await tx.delete(audioExports).where(eq(audioExports.videoId, videoId));
  await deletePeopleRowsOfVideo(tx, videoId);
  await tx.delete(assets).where(eq(assets.videoId, videoId));
  await tx.delete(captions).where(eq(captions.videoId, videoId));
  await tx.delete(chapters).where(eq(chapters.videoId, videoId));
  await tx.delete(runs).where(eq(runs.videoId, videoId));
  await tx.delete(uploads).where(eq(uploads.videoId, videoId));
  await tx.delete(videos).where(eq(videos.id, videoId));
};
