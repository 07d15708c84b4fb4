import { db } from "#lib/db/client.ts";
import { listOpenUploads } from "#lib/db/queries/uploads/uploads.ts";
import { log } from "#lib/log.ts";
import { finishUpload } from "#lib/uploads/finish-upload.ts";
import { fileSize, uploadPath } from "#lib/uploads/upload-area.ts";

const pageSize = 200;

const isComplete = async ({ id, sizeBytes }: { id: string; sizeBytes: number }): Promise<boolean> =>
  ((await fileSize(uploadPath(id))) ?? 0) === sizeBytes;

/** Finishes one upload; a fault is logged and left for the next sweep, so that one bad file stops no other. */
const finishQuietly = async (uploadId: string): Promise<boolean> => {
  try {
    return (await finishUpload({ uploadId })) === "started";
  } catch (error) {
    log().error({ "event.action": "upload.finish_failed", uploadId, err: error }, "upload could not be finished");
    return false;
  }
};

/**
 * Finishes every upload whose bytes are all there but whose end was lost: the process died, the database was away.
 * Returns how many got their run. Called every minute at least; safe beside live requests and other processes.
 */
export const reconcileUploads = async ({ signal }: { signal: AbortSignal }): Promise<{ finished: number }> => {
  let finished = 0;
  let afterId: string | null = null;
  for (;;) {
    const page: { id: string; sizeBytes: number }[] = await listOpenUploads(db(), { afterId, limit: pageSize });
    for (const upload of page) {
      signal.throwIfAborted();
      if ((await isComplete(upload)) && (await finishQuietly(upload.id))) finished += 1;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return { finished };
    afterId = last.id;
  }
};
