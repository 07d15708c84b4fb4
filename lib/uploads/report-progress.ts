import { db } from "#lib/db/client.ts";
import { setUploadOffset } from "#lib/db/queries/uploads.ts";
import { log } from "#lib/log.ts";
import { publishVideoEvent } from "#lib/notifications/publish-video-event.ts";
import { uploadExpiry } from "#lib/uploads/upload-expiry.ts";

/** Shortest time between two notes of one upload while bytes flow. */
const intervalMs = 1000;
/** Uploads whose last event is remembered; beyond it the oldest are forgotten, which costs one event too many. */
const maxRemembered = 10_000;

const lastEventAt = new Map<string, number>();

const remember = (uploadId: string, at: number): void => {
  lastEventAt.delete(uploadId);
  lastEventAt.set(uploadId, at);
  if (lastEventAt.size <= maxRemembered) return;
  const oldest = lastEventAt.keys().next();
  if (!oldest.done) lastEventAt.delete(oldest.value);
};

const isDue = (uploadId: string): boolean =>
  performance.now() - (lastEventAt.get(uploadId) ?? Number.NEGATIVE_INFINITY) >= intervalMs;

/**
 * Notes how far an upload is and tells those who follow it, at most once a second. Never throws: the bytes are on disk,
 * and the file itself is the truth, so an upload goes on while the database is away.
 */
export const recordProgress = async (input: {
  uploadId: string;
  videoId: string;
  offsetBytes: number;
}): Promise<void> => {
  const { uploadId, videoId, offsetBytes } = input;
  try {
    const open = await setUploadOffset(db(), { uploadId, offsetBytes, expiresAt: uploadExpiry(new Date()) });
    if (!open || !isDue(uploadId)) return;
    remember(uploadId, performance.now());
    await publishVideoEvent(db(), { videoId, event: "progress" });
  } catch (error) {
    log().warn({ "event.action": "upload.progress_failed", uploadId, err: error }, "upload progress was not noted");
  }
};

/** Gives a function that notes progress while bytes flow: at most one note at a time and one a second. */
export const progressReporter = ({ uploadId, videoId }: { uploadId: string; videoId: string }) => {
  let notedAt = performance.now();
  let busy: Promise<void> | null = null;
  return {
    report: (offsetBytes: number): void => {
      if (busy !== null || performance.now() - notedAt < intervalMs) return;
      notedAt = performance.now();
      busy = recordProgress({ uploadId, videoId, offsetBytes }).finally(() => {
        busy = null;
      });
    },
    /** Waits for the note under way, so that an older one never overwrites a newer one. */
    settle: async (): Promise<void> => {
      await busy;
    },
  };
};
