import { db } from "#lib/db/client.ts";
import { setUploadOffset } from "#lib/db/queries/uploads/uploads.ts";
import { log } from "#lib/log.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { uploadExpiry } from "#lib/uploads/upload-expiry.ts";

/** Shortest time between two notes of one upload. */
const intervalMs = 1000;

/** How far an upload is. */
export type UploadProgress = { uploadId: string; videoId: string; offsetBytes: number };

type Noter = { latest: UploadProgress | null; timer: NodeJS.Timeout | null };

// One entry per upload that got bytes within the last second; each leaves by itself.
const noters = new Map<string, Noter>();

const note = async ({ uploadId, videoId, offsetBytes }: UploadProgress): Promise<void> => {
  try {
    const open = await setUploadOffset(db(), { uploadId, offsetBytes, expiresAt: uploadExpiry(new Date()) });
    if (open) await publishVideoEvent(db(), { videoId, event: "progress" });
  } catch (error) {
    log().warn({ "event.action": "upload.progress_failed", uploadId, err: error }, "upload progress was not noted");
  }
};

const noteLatest = async (uploadId: string, noter: Noter): Promise<void> => {
  const { latest } = noter;
  noter.latest = null;
  if (latest === null) {
    noters.delete(uploadId);
    return;
  }
  await note(latest);
  noter.timer = setTimeout(() => void noteLatest(uploadId, noter), intervalMs);
  // A process that ends need not wait: the file is the truth.
  noter.timer.unref();
};

/**
 * Notes how far an upload is and tells those who follow it: the first word at once, later ones at most once a second, the
 * last one always. Returns at once and never throws: the bytes are on disk and the file's size is the truth, so neither a
 * slow commit nor an absent database may hold an upload up. (Awaiting one commit per PATCH halved the throughput.)
 */
export const reportProgress = (progress: UploadProgress): void => {
  const { uploadId } = progress;
  const present = noters.get(uploadId);
  const noter = present ?? { latest: null, timer: null };
  noter.latest = progress;
  if (present !== undefined) return;
  noters.set(uploadId, noter);
  void noteLatest(uploadId, noter);
};
