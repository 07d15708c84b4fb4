import { transaction } from "#lib/db/client.ts";
import { newId } from "#lib/ids.ts";
import { startRun } from "#lib/processing/start-run.ts";
import { objectStore } from "#lib/storage/index.ts";
import { originalKey } from "#lib/storage/keys.ts";
import { makeVideo } from "#tests/factories/rows.ts";

/** A video whose original lies in the object store, and no run yet. */
export const makeReceivedVideo = async (
  values: Parameters<typeof makeVideo>[0] = {},
  body: Uint8Array = Buffer.from("not really a video"),
) => {
  const video = await makeVideo({ status: "uploading", ...values });
  const sourceKey = originalKey({ videoId: video.id, uploadId: newId() });
  await objectStore().put({ key: sourceKey, body });
  return { videoId: video.id, sourceKey };
};

/** Starts a run of such a video. */
export const startUploadRun = (input: { videoId: string; sourceKey: string }) =>
  transaction((tx) => startRun(tx, { ...input, reason: "upload" }));
