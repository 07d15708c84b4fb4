import { db } from "#lib/db/client.ts";
import { deleteAssetByKey, listPosterKeys } from "#lib/db/queries/videos/assets.ts";
import { listAudioExportIds } from "#lib/db/queries/videos/audio-exports.ts";
import { findVideo, type VideoRow } from "#lib/db/queries/videos/videos.ts";
import { log } from "#lib/log.ts";
import { objectStore } from "#lib/storage/index.ts";
import { chosenPostersPrefix, exportPrefix, sentImagesPrefix, videoExportsPrefix } from "#lib/storage/keys.ts";
import { posterChoiceOf } from "#lib/videos/poster-choice.ts";
import { posterFiles } from "#lib/videos/poster-files.ts";
import { looseFileAgeMs } from "#lib/videos/queue-file-sweep.ts";

/** Whether a row names a file that lies beside the runs: a sent picture, a chosen poster, a sound file. */
const namedBy = async (video: VideoRow): Promise<(key: string) => boolean> => {
  const { id: videoId, posterKey } = video;
  const choice = posterChoiceOf(video);
  const want = choice?.failureCode === null ? choice.want : null;
  const posters = [...(await listPosterKeys(db(), videoId)), ...(posterKey === null ? [] : [posterKey])];
  if (want?.kind === "mark") posters.push(want.posterKey);
  const keys = new Set(posters.flatMap(posterFiles));
  if (want?.kind === "image") keys.add(want.imageKey);
  const exports = (await listAudioExportIds(db(), videoId)).map((exportId) => exportPrefix({ videoId, exportId }));
  return (key) => keys.has(key) || exports.some((prefix) => key.startsWith(prefix));
};

/**
 * Removes files of a video that no row has named for an hour: of a crash between a commit and the removal that it meant,
 * or between a file and the row that should have named it. Those of runs and captions have sweeps of their own. Repeating
 * it is fine.
 */
export const sweepFiles = async (input: { videoId: string; signal: AbortSignal; now?: Date }): Promise<void> => {
  const { videoId, signal, now = new Date() } = input;
  const video = await findVideo(db(), { videoId });
  if (video === null) return;
  const isNamed = await namedBy(video);
  const before = now.getTime() - looseFileAgeMs;
  const removed: string[] = [];
  for (const prefix of [sentImagesPrefix(videoId), chosenPostersPrefix(videoId), videoExportsPrefix(videoId)]) {
    for await (const { key, modifiedAt } of objectStore().list(prefix)) {
      signal.throwIfAborted();
      if (isNamed(key) || modifiedAt.getTime() > before) continue;
      await objectStore().remove(key);
      await deleteAssetByKey(db(), key);
      removed.push(key);
    }
  }
  log().info({ "event.action": "video.files_swept", videoId, removed }, "files beside the runs were looked through");
};
