import { and, asc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { memberIdsOfChannel } from "#lib/db/queries/channels/channel-members.ts";
import { channels, runs, videos, watermarks } from "#lib/db/schema/index.ts";

/** A mark with who may change it: the members of its channel; nobody for one of the instance. */
export type WatermarkRow = typeof watermarks.$inferSelect & { memberIds: string[] };

const columns = {
  id: watermarks.id,
  channelId: watermarks.channelId,
  name: watermarks.name,
  design: watermarks.design,
  state: watermarks.state,
  drawingId: watermarks.drawingId,
  sentKey: watermarks.sentKey,
  failureCode: watermarks.failureCode,
  imageKey: watermarks.imageKey,
  imageWidth: watermarks.imageWidth,
  imageHeight: watermarks.imageHeight,
  createdAt: watermarks.createdAt,
  updatedAt: watermarks.updatedAt,
  deletedAt: watermarks.deletedAt,
  memberIds: memberIdsOfChannel,
};

const select = (tx: DbOrTx, where: SQL | undefined) =>
  tx.select(columns).from(watermarks).leftJoin(channels, eq(channels.id, watermarks.channelId)).where(where);

/** Inserts a mark. */
export const insertWatermark = async (tx: DbOrTx, row: typeof watermarks.$inferInsert): Promise<void> => {
  await tx.insert(watermarks).values(row);
};

/** The marks of a channel and of the instance that are not deleted, oldest first; `channelId` null: the instance's alone. */
export const listWatermarkRows = (tx: DbOrTx, channelId: string | null): Promise<WatermarkRow[]> => {
  const own = channelId === null ? undefined : eq(watermarks.channelId, channelId);
  return select(tx, and(isNull(watermarks.deletedAt), or(isNull(watermarks.channelId), own))).orderBy(
    asc(watermarks.id),
  );
};

/** How many marks a channel (or the instance, null) has. */
export const countWatermarks = (tx: DbOrTx, channelId: string | null): Promise<number> =>
  tx.$count(
    watermarks,
    and(
      isNull(watermarks.deletedAt),
      channelId === null ? isNull(watermarks.channelId) : eq(watermarks.channelId, channelId),
    ),
  );

/** Marks everything of a channel as deleted; the ids of what was not before. */
export const deleteWatermarksOfChannel = async (tx: Tx, channelId: string): Promise<string[]> => {
  const rows = await tx
    .update(watermarks)
    .set({ deletedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(watermarks.channelId, channelId), isNull(watermarks.deletedAt)))
    .returning({ id: watermarks.id });
  return rows.map(({ id }) => id);
};

/**
 * A mark, deleted ones too, or null. `share` keeps its image from being changed or removed until the transaction ends;
 * `update` keeps everyone else away.
 */
export const findWatermark = async (
  tx: DbOrTx,
  { watermarkId, lock }: { watermarkId: string; lock?: "share" | "update" },
): Promise<WatermarkRow | null> => {
  const query = select(tx, eq(watermarks.id, watermarkId));
  const [row] = await (lock === undefined ? query : query.for(lock, { of: watermarks }));
  return row ?? null;
};

/** Changes a mark that is not deleted. */
export const updateWatermark = async (
  tx: DbOrTx,
  { watermarkId, changes }: { watermarkId: string; changes: Partial<typeof watermarks.$inferInsert> },
): Promise<void> => {
  await tx
    .update(watermarks)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(and(eq(watermarks.id, watermarkId), isNull(watermarks.deletedAt)));
};

/** Ends a drawing; false when another one has begun meanwhile or the mark is gone. */
export const endDrawing = async (
  tx: DbOrTx,
  input: {
    watermarkId: string;
    drawingId: string;
    outcome:
      | { state: "ready"; imageKey: string; imageWidth: number; imageHeight: number }
      | { state: "failed"; failureCode: string };
  },
): Promise<boolean> => {
  const rows = await tx
    .update(watermarks)
    .set({ failureCode: null, ...input.outcome, sentKey: null, updatedAt: sql`now()` })
    .where(
      and(
        eq(watermarks.id, input.watermarkId),
        eq(watermarks.drawingId, input.drawingId),
        eq(watermarks.state, "drawing"),
        isNull(watermarks.deletedAt),
      ),
    )
    .returning({ id: watermarks.id });
  return rows.length === 1;
};

/** Keys of a mark's images that videos wish for or running runs burn in. */
export const wishedImageKeys = async (tx: Tx, watermarkId: string): Promise<string[]> => {
  const wish = sql`${JSON.stringify({ watermark: { watermarkId } })}::jsonb`;
  const keyOf = (wishes: SQL | typeof videos.wishes | typeof runs.wishes) =>
    sql<string>`${wishes} #>> '{watermark,imageKey}'`;
  const [ofVideos, ofRuns] = [
    await tx
      .selectDistinct({ key: keyOf(videos.wishes) })
      .from(videos)
      .where(sql`${videos.wishes} @> ${wish}`),
    await tx
      .selectDistinct({ key: keyOf(runs.wishes) })
      .from(runs)
      .where(and(inArray(runs.state, ["running"]), sql`${runs.wishes} @> ${wish}`)),
  ];
  return [...ofVideos, ...ofRuns].map(({ key }) => key);
};

/** Forgets a deleted mark for good. */
export const deleteWatermarkRow = async (tx: Tx, watermarkId: string): Promise<void> => {
  await tx.delete(watermarks).where(eq(watermarks.id, watermarkId));
};

/** Stores what is wished of a video's next run. */
export const storeWishes = async (tx: Tx, { videoId, wishes }: { videoId: string; wishes: unknown }): Promise<void> => {
  await tx.update(videos).set({ wishes, updatedAt: sql`now()` }).where(eq(videos.id, videoId));
};

/** The wishes of the run that viewers get, or null when nothing is published. */
export const wishesOfRun = async (tx: DbOrTx, runId: string): Promise<unknown> => {
  const [row] = await tx.select({ wishes: runs.wishes }).from(runs).where(eq(runs.id, runId));
  return row?.wishes ?? null;
};
