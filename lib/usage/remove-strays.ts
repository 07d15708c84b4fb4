import { db, transaction } from "#lib/db/client.ts";
import { listPurges, type PurgeEntry, recordAudit } from "#lib/db/queries/instance/audit.ts";
import { listPresentVideos } from "#lib/db/queries/usage/usage.ts";
import { log } from "#lib/log.ts";
import { metrics } from "#lib/metrics.ts";
import { objectStore } from "#lib/storage/index.ts";
import { videoPrefixes } from "#lib/storage/keys.ts";
import { objectsOfVideo } from "#lib/usage/objects-of-video.ts";

const pageSize = 200;
/** Whoever still writes for a video that is gone has found out, or has died, until then. */
const strayAgeMs = 24 * 3600 * 1000;
/** Nobody works on a video for longer after it went; earlier removals were looked at every day until then. */
const lookBackMs = 30 * 24 * 3600 * 1000;

/** What was removed. */
type Removed = { videos: number; files: number; bytes: number };

const removeStraysOf = async (removed: Removed, { videoId, now }: { videoId: string; now: Date }): Promise<void> => {
  const objects = await objectsOfVideo(videoId);
  const isSettled = objects.every(({ modifiedAt }) => now.getTime() - modifiedAt.getTime() > strayAgeMs);
  if (objects.length === 0 || !isSettled) return;
  const [files, bytes] = [objects.length, objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)];
  const done = await transaction(async (tx) => {
    // The last look is the one that counts: what is there is never touched, and an id that went never comes back.
    if ((await listPresentVideos(tx, [videoId])).has(videoId)) return false;
    await recordAudit(tx, {
      ...{ actorId: null, action: "video.purge_strays", targetType: "video", targetId: videoId },
      details: { files, bytes },
    });
    return true;
  });
  if (!done) return;
  for (const prefix of videoPrefixes(videoId)) await objectStore().removePrefix(prefix);
  metrics().storageDifferences.inc({ what: "stray" });
  log().warn({ "event.action": "usage.strays_removed", videoId, files, bytes }, "files of a video that is gone went");
  removed.videos += 1;
  removed.files += files;
  removed.bytes += bytes;
};

/**
 * Removes files that somebody who had not noticed put under a video's prefixes after it was removed for good: no row
 * names them, so nothing else finds them. Only what the audit log says was a video and was removed, a day ago at least and
 * a month at most, and only files of a day's age; what lies under any other name is nobody's to take. Repeating it is
 * fine. Throws when `signal` aborts.
 */
export const removeStrays = async ({
  signal,
  now = new Date(),
}: {
  signal: AbortSignal;
  now?: Date;
}): Promise<Removed> => {
  const removed: Removed = { videos: 0, files: 0, bytes: 0 };
  for (let beforeId: string | null = null; ; ) {
    const page: PurgeEntry[] = await listPurges(db(), { beforeId, limit: pageSize });
    const age = ({ createdAt }: PurgeEntry) => now.getTime() - createdAt.getTime();
    const due = page.filter((entry) => age(entry) > strayAgeMs && age(entry) < lookBackMs);
    const ids = [...new Set(due.map(({ videoId }) => videoId))];
    const present = await listPresentVideos(db(), ids);
    for (const videoId of ids) {
      signal.throwIfAborted();
      if (!present.has(videoId)) await removeStraysOf(removed, { videoId, now });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize || age(last) >= lookBackMs) return removed;
    beforeId = last.id;
  }
};
