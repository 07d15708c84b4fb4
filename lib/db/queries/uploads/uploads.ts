import { and, asc, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import type { DbOrTx, Tx } from "#lib/db/client.ts";
import { assets, captions, chapters, uploads, videos } from "#lib/db/schema/index.ts";

/** An upload as stored. */
export type UploadRow = typeof uploads.$inferSelect;
/** A new upload's values. */
export type NewUpload = typeof uploads.$inferInsert;

/** Inserts an upload. */
export const insertUpload = async (tx: Tx, upload: NewUpload): Promise<void> => {
  await tx.insert(uploads).values(upload);
};

/** An upload and whether its video has been deleted, or null. */
export const findUpload = async (
  tx: DbOrTx,
  uploadId: string,
): Promise<(UploadRow & { videoDeletedAt: Date | null }) | null> => {
  const [row] = await tx
    .select({ upload: uploads, videoDeletedAt: videos.deletedAt })
    .from(uploads)
    .innerJoin(videos, eq(videos.id, uploads.videoId))
    .where(eq(uploads.id, uploadId));
  return row === undefined ? null : { ...row.upload, videoDeletedAt: row.videoDeletedAt };
};

/** The upload, kept from others until the transaction ends, or null. */
export const lockUpload = async (tx: Tx, uploadId: string): Promise<UploadRow | null> => {
  const [row] = await tx.select().from(uploads).where(eq(uploads.id, uploadId)).for("update");
  return row ?? null;
};

/** Whether bytes are on their way for that video. */
export const hasOpenUpload = async (tx: DbOrTx, videoId: string): Promise<boolean> => {
  const rows = await tx
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(eq(uploads.videoId, videoId), inArray(uploads.state, ["receiving", "received"])))
    .limit(1);
  return rows.length > 0;
};

/**
 * Notes how far an open upload is and that it lives; an older word never takes a newer one back. False when it is no
 * longer open.
 */
export const setUploadOffset = async (
  tx: DbOrTx,
  { uploadId, offsetBytes, expiresAt }: { uploadId: string; offsetBytes: number; expiresAt: Date },
): Promise<boolean> => {
  const rows = await tx
    .update(uploads)
    .set({ offsetBytes: sql`greatest(${uploads.offsetBytes}, ${offsetBytes})`, expiresAt, updatedAt: sql`now()` })
    .where(and(eq(uploads.id, uploadId), eq(uploads.state, "receiving")))
    .returning({ id: uploads.id });
  return rows.length === 1;
};

/** Notes that every byte of an open upload is on disk. A second call changes nothing. */
export const markUploadReceived = async (tx: DbOrTx, uploadId: string): Promise<void> => {
  await tx
    .update(uploads)
    .set({ state: "received", offsetBytes: sql`${uploads.sizeBytes}`, updatedAt: sql`now()` })
    .where(and(eq(uploads.id, uploadId), eq(uploads.state, "receiving")));
};

/** Notes that the original lies in the object store. False when it was noted before. */
export const markUploadStored = async (tx: Tx, uploadId: string): Promise<boolean> => {
  const rows = await tx
    .update(uploads)
    .set({ state: "stored", finishedAt: sql`now()`, updatedAt: sql`now()` })
    .where(and(eq(uploads.id, uploadId), eq(uploads.state, "received")))
    .returning({ id: uploads.id });
  return rows.length === 1;
};

/** Tells the video where its original lies. False when the video is deleted. */
export const setVideoOriginal = async (
  tx: Tx,
  { videoId, key }: { videoId: string; key: string },
): Promise<boolean> => {
  const rows = await tx
    .update(videos)
    .set({ originalKey: key, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), isNull(videos.deletedAt)))
    .returning({ id: videos.id });
  return rows.length === 1;
};

/** Open uploads of videos that are not deleted, by id; the next page begins after the last one's id. */
export const listOpenUploads = (
  tx: DbOrTx,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<{ id: string; sizeBytes: number }[]> =>
  tx
    .select({ id: uploads.id, sizeBytes: uploads.sizeBytes })
    .from(uploads)
    .innerJoin(videos, eq(videos.id, uploads.videoId))
    .where(
      and(
        inArray(uploads.state, ["receiving", "received"]),
        isNull(videos.deletedAt),
        afterId === null ? undefined : gt(uploads.id, afterId),
      ),
    )
    .orderBy(asc(uploads.id))
    .limit(limit);

/** Ids of uploads that got no byte for so long that they have expired. */
export const listExpiredUploads = async (
  tx: DbOrTx,
  { now, limit }: { now: Date; limit: number },
): Promise<string[]> => {
  const rows = await tx
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(eq(uploads.state, "receiving"), lt(uploads.expiresAt, now)))
    .orderBy(asc(uploads.expiresAt))
    .limit(limit);
  return rows.map((row) => row.id);
};

/** Which of these ids are uploads whose bytes still belong in the upload area. */
export const uploadsWithFile = async (tx: DbOrTx, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const rows = await tx
    .select({ id: uploads.id })
    .from(uploads)
    .where(and(inArray(uploads.id, [...ids]), inArray(uploads.state, ["receiving", "received"])));
  return new Set(rows.map((row) => row.id));
};

/** Forgets an upload. */
export const deleteUpload = async (tx: Tx, uploadId: string): Promise<void> => {
  await tx.delete(uploads).where(eq(uploads.id, uploadId));
};

/**
 * Removes a video that never got a file, once no upload stands behind it any more. When its owner has sent pictures or
 * texts for it already it is marked as deleted at `deletedAt` instead, because files must go before rows. Says which.
 */
export const dropFilelessVideo = async (
  tx: Tx,
  { videoId, deletedAt }: { videoId: string; deletedAt: Date },
): Promise<"kept" | "removed" | "marked"> => {
  const fileless = and(
    eq(videos.id, videoId),
    eq(videos.status, "uploading"),
    isNull(videos.originalKey),
    sql`not exists (select 1 from ${uploads} where ${uploads.videoId} = ${videos.id})`,
  );
  // Held, so that nothing more is added to it from here on.
  const [video] = await tx.select({ id: videos.id }).from(videos).where(fileless).for("update");
  if (video === undefined) return "kept";
  const furnished = sql`(exists (select 1 from ${assets} where ${assets.videoId} = ${videos.id})
    or exists (select 1 from ${captions} where ${captions.videoId} = ${videos.id})
    or exists (select 1 from ${chapters} where ${chapters.videoId} = ${videos.id}))`;
  const marked = await tx
    .update(videos)
    .set({ deletedAt, playbackVersion: sql`${videos.playbackVersion} + 1`, updatedAt: sql`now()` })
    .where(and(eq(videos.id, videoId), furnished))
    .returning({ id: videos.id });
  if (marked.length === 1) return "marked";
  await tx.delete(videos).where(eq(videos.id, videoId));
  return "removed";
};

/** Notes the hash of an original on its upload and on its asset. */
export const setOriginalHash = async (
  tx: Tx,
  { uploadId, key, sha256 }: { uploadId: string; key: string; sha256: string },
): Promise<void> => {
  await tx.update(uploads).set({ sha256, updatedAt: sql`now()` }).where(eq(uploads.id, uploadId));
  await tx.update(assets).set({ sha256 }).where(eq(assets.key, key));
};
