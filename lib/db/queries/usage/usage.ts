import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { assets, channels, runs, storageReconciliations, videos } from "#lib/db/schema/index.ts";
import { newId } from "#lib/ids.ts";

/** What the daily comparison knows of a stored thing. */
export type CountedAsset = {
  id: string;
  runId: string | null;
  kind: (typeof assets.$inferSelect)["kind"];
  key: string;
  sizeBytes: number;
};

const counted = {
  id: assets.id,
  runId: assets.runId,
  kind: assets.kind,
  key: assets.key,
  sizeBytes: assets.sizeBytes,
};

/** Videos by id, deleted ones too; the next page begins after the last one's id. */
export const listVideoIds = async (
  tx: DbOrTx,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(afterId === null ? undefined : gt(videos.id, afterId))
    .orderBy(asc(videos.id))
    .limit(limit);
  return rows.map(({ id }) => id);
};

/** Which of these videos are there, deleted ones too. */
export const listPresentVideos = async (tx: DbOrTx, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: videos.id })
    .from(videos)
    .where(inArray(videos.id, [...ids]));
  return new Set(rows.map(({ id }) => id));
};

/** Every stored thing of a video. */
export const listCountedAssets = (tx: DbOrTx, videoId: string): Promise<CountedAsset[]> =>
  tx.select(counted).from(assets).where(eq(assets.videoId, videoId));

/** Stored things that belong to no video, by id; the next page begins after the last one's id. */
export const listAssetsBesideVideos = (
  tx: DbOrTx,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<CountedAsset[]> =>
  tx
    .select(counted)
    .from(assets)
    .where(and(isNull(assets.videoId), afterId === null ? undefined : gt(assets.id, afterId)))
    .orderBy(asc(assets.id))
    .limit(limit);

/** Runs of a video that are going on. */
export const listRunningRunIds = async (tx: DbOrTx, videoId: string): Promise<string[]> => {
  const rows = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.videoId, videoId), eq(runs.state, "running")));
  return rows.map(({ id }) => id);
};

/** Has the ledger call every change of this transaction a correction. */
export const beginCorrection = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`select set_config('kinora.usage_kind', 'correct', true)`);
};

/** Sets a stored thing's size when it is still what it was. False when it changed or went meanwhile. */
export const correctAssetSize = async (
  tx: Tx,
  { id, before, after }: { id: string; before: number; after: number },
): Promise<boolean> => {
  const rows = await tx
    .update(assets)
    .set({ sizeBytes: after })
    .where(and(eq(assets.id, id), eq(assets.sizeBytes, before)))
    .returning({ id: assets.id });
  return rows.length === 1;
};

/** When the last comparison began, or null. */
export const lastReconciliation = async (tx: DbOrTx): Promise<Date | null> => {
  const [row] = await tx
    .select({ startedAt: storageReconciliations.startedAt })
    .from(storageReconciliations)
    .orderBy(desc(storageReconciliations.startedAt))
    .limit(1);
  return row?.startedAt ?? null;
};

/** Notes that a comparison begins; its id. */
export const beginReconciliation = async (tx: DbOrTx): Promise<string> => {
  const id = newId();
  await tx.insert(storageReconciliations).values({ id, startedAt: sql`now()` });
  return id;
};

/** Notes what a comparison found. */
export const endReconciliation = async (
  tx: DbOrTx,
  { id, ...found }: { id: string; assetsChecked: number; differences: number; correctedBytes: number },
): Promise<void> => {
  await tx
    .update(storageReconciliations)
    .set({ ...found, endedAt: sql`now()` })
    .where(eq(storageReconciliations.id, id));
};

/** Bytes that an account stores by kind; kinds without any are left out. */
export const storedByKind = async (
  tx: DbOrTx,
  userId: string,
): Promise<{ kind: CountedAsset["kind"]; bytes: number }[]> => {
  const own = tx.select({ id: channels.id }).from(channels).where(eq(channels.ownerId, userId));
  const part = { kind: assets.kind, bytes: sql<number>`sum(${assets.sizeBytes})::float8`.as("bytes") };
  // Three looks, each by an index: one condition with "or" would read every asset of the instance.
  const ofVideos = tx
    .select(part)
    .from(assets)
    .innerJoin(videos, eq(videos.id, assets.videoId))
    .where(inArray(videos.channelId, own))
    .groupBy(assets.kind);
  const ofChannels = tx.select(part).from(assets).where(inArray(assets.channelId, own)).groupBy(assets.kind);
  const ofAccount = tx.select(part).from(assets).where(eq(assets.userId, userId)).groupBy(assets.kind);
  return unionAll(ofVideos, ofChannels, ofAccount);
};

/** The videos of an account that store most, deleted ones too as long as their files are there. */
export const storedByVideo = (
  tx: DbOrTx,
  { userId, limit }: { userId: string; limit: number },
): Promise<{ videoId: string; title: string; deletedAt: Date | null; bytes: number }[]> =>
  tx
    .select({
      videoId: videos.id,
      title: videos.title,
      deletedAt: videos.deletedAt,
      bytes: sql<number>`sum(${assets.sizeBytes})::float8`,
    })
    .from(videos)
    .innerJoin(assets, eq(assets.videoId, videos.id))
    .where(inArray(videos.channelId, tx.select({ id: channels.id }).from(channels).where(eq(channels.ownerId, userId))))
    .groupBy(videos.id)
    .having(sql`sum(${assets.sizeBytes}) > 0`)
    .orderBy(sql`sum(${assets.sizeBytes}) desc`, videos.id)
    .limit(limit);
