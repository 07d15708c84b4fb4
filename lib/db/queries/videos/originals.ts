import { and, eq, isNull, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { assets, runs, uploads, videos } from "#lib/db/schema/index.ts";

/**
 * Makes the file that a video's run was made from the video's own: key, name and size. False when it is already, or its
 * upload is gone.
 */
export const adoptOriginal = async (
  tx: Tx,
  { videoId, uploadId, key }: { videoId: string; uploadId: string; key: string },
): Promise<boolean> => {
  const [upload] = await tx
    .select({ filename: uploads.filename, sizeBytes: uploads.sizeBytes })
    .from(uploads)
    .where(and(eq(uploads.id, uploadId), eq(uploads.videoId, videoId)));
  if (upload === undefined) return false;
  const rows = await tx
    .update(videos)
    .set({
      originalKey: key,
      sourceFilename: upload.filename,
      sourceSizeBytes: upload.sizeBytes,
      updatedAt: sql`now()`,
    })
    .where(and(eq(videos.id, videoId), sql`${videos.originalKey} is distinct from ${key}`))
    .returning({ id: videos.id });
  return rows.length === 1;
};

/**
 * A kept file that nothing needs any more: not of a deleted video, which may be restored; not the video's own, not the source of a run that goes on or of one that
 * failed within a day and may be tried again, and not stored this minute.
 */
const isUnused = and(
  eq(assets.kind, "original"),
  isNull(videos.deletedAt),
  sql`${videos.originalKey} is distinct from ${assets.key}`,
  sql`not exists (
    select 1 from ${runs} r where r.video_id = ${videos.id} and r.source_key = ${assets.key}
      and (r.state = 'running' or (r.state = 'failed' and r.ended_at > now() - interval '24 hours'))
  )`,
  sql`${assets.createdAt} < now() - interval '1 minute'`,
);

/** Kept files of a video that nothing needs any more. */
export const listUnusedOriginals = (tx: DbOrTx, videoId: string): Promise<{ id: string; key: string }[]> =>
  tx
    .select({ id: assets.id, key: assets.key })
    .from(assets)
    .innerJoin(videos, eq(videos.id, assets.videoId))
    .where(and(eq(assets.videoId, videoId), isUnused));

/** Videos that keep a file they do not need, at most `limit`; those that may need it yet take nobody's place. */
export const listVideosWithSpareOriginals = async (tx: DbOrTx, limit: number): Promise<string[]> => {
  const rows = await tx
    .selectDistinct({ id: videos.id })
    .from(videos)
    .innerJoin(assets, eq(assets.videoId, videos.id))
    .where(isUnused)
    .limit(limit);
  return rows.map(({ id }) => id);
};

/** Forgets a stored file. */
export const deleteAsset = async (tx: DbOrTx, assetId: string): Promise<void> => {
  await tx.delete(assets).where(eq(assets.id, assetId));
};

/** An older video of the same owner with the very same file, for each of those videos that has one. */
export const listDuplicates = async (
  tx: DbOrTx,
  videoIds: readonly string[],
): Promise<{ videoId: string; id: string; title: string }[]> => {
  if (videoIds.length === 0) return [];
  const rows = await tx.execute<{ video_id: string; id: string; title: string }>(sql`
    select distinct on (mine.video_id) mine.video_id, older.id, older.title
    from ${assets} mine
    join ${videos} own on own.id = mine.video_id and own.original_key = mine.key
    join ${assets} theirs on theirs.sha256 = mine.sha256 and theirs.kind = 'original' and theirs.video_id < mine.video_id
    join ${videos} older on older.id = theirs.video_id and older.original_key = theirs.key
      and older.creator_id = own.creator_id and older.deleted_at is null
    where mine.kind = 'original' and mine.sha256 is not null and mine.video_id = any(${`{${videoIds.join(",")}}`}::uuid[])
    order by mine.video_id, older.id`);
  return [...rows].map((row) => ({ videoId: row.video_id, id: row.id, title: row.title }));
};
