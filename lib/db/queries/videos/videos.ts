import { and, desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { DbOrTx } from "#lib/db/client.ts";
import { memberIdsText } from "#lib/db/queries/channels/channel-members.ts";
import { oneOfIds } from "#lib/db/queries/instance/one-of-ids.ts";
import { deletePeopleRowsOfVideo } from "#lib/db/queries/people/erase.ts";
import {
  assets,
  audioExports,
  captions,
  chapters,
  chunks,
  renditions,
  runSteps,
  runs,
  uploads,
  videos,
} from "#lib/db/schema/index.ts";

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

const ofChannel = {
  channelHandle: "channels.handle",
  channelName: "channels.name",
  ownerId: "channels.owner_id",
  memberIds: memberIdsText,
};

/** What a row is made of, by the name that it has here. */
const columnsOfRow = {
  ...Object.fromEntries(
    Object.entries(getTableColumns(videos)).map(([name, { name: own }]) => [name, `videos."${own}"`]),
  ),
  ...ofChannel,
};
const namesOfRow = Object.keys(columnsOfRow);

/** The values of a row as JSON, in the order of its names: names in each row would be a third of what is written and read. */
export type RowValues = readonly unknown[];

// Each one text, put together once: of parts, it would be put together at every call, which takes longer than reading the answer.
const selected = sql.raw(
  Object.entries(columnsOfRow)
    .map(([name, column]) => `${column} as "${name}"`)
    .join(", "),
);
/** The `RowValues` of a row of `selectVideos`, which is called `page`. */
export const valuesOfRow = sql.raw(`json_build_array(${namesOfRow.map((name) => `page."${name}"`).join(", ")})`);

/** Videos and their channels by a condition on `videos` and `channels`. */
export const selectVideos = (condition: SQL | undefined): SQL =>
  sql`select ${selected} from videos join channels on channels.id = videos.channel_id where ${condition ?? sql`true`}`;

const instants = Object.entries(getTableColumns(videos)).flatMap(([name, { dataType }]) =>
  dataType === "date" ? [name] : [],
);

/** The row that such values are of. */
export const rowOf = (values: RowValues): VideoRow => {
  const row: Record<string, unknown> = {};
  for (const [at, name] of namesOfRow.entries()) row[name] = values[at];
  for (const name of instants) if (typeof row[name] === "string") row[name] = new Date(row[name]);
  return row as VideoRow;
};

/** A new video's values. */
export type NewVideo = typeof videos.$inferInsert;
/** A rendition as stored. */
export type RenditionRow = typeof renditions.$inferSelect;
/** A stored file as stored. */
export type AssetRow = typeof assets.$inferSelect & { videoId: string };
/** What is told of an open upload. */
export type OpenUploadRow = { id: string; videoId: string; offsetBytes: number; sizeBytes: number };

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
  const page = sql`${selectVideos(eq(videos.id, videoId))} ${lock ? sql`for update of videos` : sql``}`;
  const [found] = await tx.execute<{ row: RowValues }>(sql`select ${valuesOfRow} as row from (${page}) page`);
  return found === undefined ? null : rowOf(found.row);
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
