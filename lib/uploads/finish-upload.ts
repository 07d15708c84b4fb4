import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { db, type Tx, transaction } from "#lib/db/client.ts";
import { lockLiveVideo } from "#lib/db/queries/runs/runs.ts";
import {
  findUpload,
  lockUpload,
  markUploadReceived,
  markUploadStored,
  setVideoOriginal,
  type UploadRow,
} from "#lib/db/queries/uploads/uploads.ts";
import { insertAssets } from "#lib/db/queries/videos/assets.ts";
import { adoptOriginal } from "#lib/db/queries/videos/originals.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { log } from "#lib/log.ts";
import { recordVideoEvent } from "#lib/notifications/record-video-event.ts";
import { cancelRuns } from "#lib/processing/cancel-runs.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { createFolder, syncFolder } from "#lib/storage/durable-folder.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey } from "#lib/storage/keys.ts";
import type { ObjectStore } from "#lib/storage/object-store.ts";
import { fileSize, removeUploadFile, uploadArea, uploadPath } from "#lib/uploads/upload-area.ts";
import { releaseQuota } from "#lib/usage/reserve-quota.ts";

/** Hashing reads the whole file; in the first moments disk and processors belong to what makes it playable. */
const hashDelayMs = 15_000;

/** What became of a call: the run was started now, had been before, or has to wait (bytes missing, video deleted). */
export type FinishOutcome = "started" | "already" | "waiting";

/** Puts the file and its name on disk; makes the empty file of an upload without a byte. */
const settleFile = async (path: string): Promise<void> => {
  await createFolder(uploadArea());
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT, 0o640);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(uploadArea());
};

/** From `receiving` to `received`: every byte is on disk. False when bytes are missing. */
const receive = async (upload: UploadRow): Promise<boolean> => {
  if (upload.state === "received") return true;
  const path = uploadPath(upload.id);
  const size = (await fileSize(path)) ?? 0;
  if (size !== upload.sizeBytes) return false;
  await settleFile(path);
  await markUploadReceived(db(), upload.id);
  return true;
};

const safeType = (filetype: string | null | undefined): string =>
  /^(?:video|audio)\/[a-z0-9][a-z0-9.+-]{0,80}$/.test(filetype ?? "") ? (filetype ?? "") : "application/octet-stream";

/**
 * A first file becomes the video's own at once, and so does one that replaces a file of which nothing was ever published:
 * a retry must work on it and not on what it replaces. Where something plays, the new file waits until its run has
 * published: the old one stays what is played and what a retry works on, whatever the new one is. False when the video is
 * deleted.
 */
const takeFile = async (tx: Tx, { id: uploadId, videoId, replaces }: UploadRow, key: string): Promise<boolean> => {
  if (!replaces) return setVideoOriginal(tx, { videoId, key });
  const video = await lockLiveVideo(tx, videoId);
  if (video !== null && video.status !== "ready") await adoptOriginal(tx, { videoId, uploadId, key });
  return video !== null;
};

/** From `received` to `stored`: the video has its original and its run, all in one transaction. */
const store = (upload: UploadRow, key: string): Promise<FinishOutcome> =>
  transaction(async (tx) => {
    const locked = await lockUpload(tx, upload.id);
    if (locked === null || locked.state !== "received") return "already";
    const { videoId, sizeBytes } = upload;
    // A deleted video waits: when it is restored the reconciler comes by again.
    if (!(await takeFile(tx, upload, key))) return "waiting";
    const contentType = safeType(upload.metadata.filetype);
    await insertAssets(tx, [{ videoId, kind: "original", key, sizeBytes, contentType }]);
    await markUploadStored(tx, upload.id);
    if (upload.replaces) await cancelRuns(tx, { videoId });
    await startRun(tx, { videoId, sourceKey: key, reason: upload.replaces ? "replace" : "upload" });
    await recordVideoEvent(tx, {
      ...{ type: "upload.finished", videoId, dedupeKey: `upload.finished:${upload.id}` },
      data: { uploadId: upload.id, sizeBytes },
    });
    await enqueue(tx, "uploads/hash-original", { uploadId: upload.id }, { runAt: new Date(Date.now() + hashDelayMs) });
    await releaseQuota(tx, upload.id);
    return "started";
  });

/**
 * Carries a complete upload to the end: bytes synced, file linked into the object store, original and run noted in one
 * transaction, upload area cleared. Each stage can be repeated, so it may be called twice, at the same time, or again
 * after a crash at any point; there is exactly one run. Throws `not_found`, and faults of storage and database as they
 * are, after which `reconcileUploads` tries again.
 */
export const finishUpload = async (input: { uploadId: string; objects?: ObjectStore }): Promise<FinishOutcome> => {
  const { uploadId, objects = objectStore() } = input;
  const upload = await findUpload(db(), uploadId);
  if (upload === null) throw new AppError("not_found");
  if (upload.state === "stored") {
    await removeUploadFile(uploadId);
    return "already";
  }
  const open = upload.state === "receiving" || upload.state === "received";
  if (!open || upload.videoDeletedAt !== null || !(await receive(upload))) return "waiting";
  const key = originalKey({ videoId: upload.videoId, uploadId });
  await objects.adopt({ key, path: uploadPath(uploadId), local: "keep" });
  const outcome = await store(upload, key);
  if (outcome === "waiting") return outcome;
  // Only now: until the transaction has committed, a crash must find the file.
  await removeUploadFile(uploadId);
  if (outcome === "started") {
    const { videoId, sizeBytes } = upload;
    log().info({ "event.action": "upload.finished", uploadId, videoId, sizeBytes }, "upload finished");
  }
  return outcome;
};
