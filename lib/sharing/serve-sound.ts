import { db } from "#lib/db/client.ts";
import { findSharedVideo, findSoundFile } from "#lib/db/queries/sharing/shared-videos.ts";
import { AppError } from "#lib/errors.ts";
import { idSchema } from "#lib/ids.ts";
import { attachmentOf } from "#lib/playback/content-disposition.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { isOpen } from "#lib/sharing/shared-video.ts";
import { objectStore } from "#lib/storage/index.ts";
import { isDeliveryOver } from "#lib/usage/delivery-meter.ts";

/**
 * Sends the newest sound file of a public or unlisted video whose owner allows downloads, to everybody, with ranges: what a
 * podcast's entries and watch pages point at. Throws `not_found` for everything else, and `delivery_limit_reached` when its owner's allowance is used up.
 */
export const serveSound = async (input: { file: string; request: Request; requestId: string }): Promise<Response> => {
  const { file, request, requestId } = input;
  const id = idSchema.safeParse(/^(.+)\.mp3$/.exec(file)?.[1]);
  const row = id.success ? await findSharedVideo(db(), id.data) : null;
  if (row === null || !isOpen(row) || !row.downloadable) throw new AppError("not_found");
  const sound = await findSoundFile(db(), row.id);
  if (sound === null) throw new AppError("not_found");
  if (isDeliveryOver(row.ownerId)) throw new AppError("delivery_limit_reached");
  return serveObject({
    ...{ store: objectStore(), key: sound.key, request, requestId },
    headers: {
      "Content-Type": sound.contentType,
      "Content-Disposition": attachmentOf(`${row.title}.mp3`),
      // A newer file may come under the same address.
      "Cache-Control": "public, max-age=300",
      "Access-Control-Allow-Origin": "*",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
    kind: "download",
    counted: { videoId: row.id, ownerId: row.ownerId },
    gzip: false,
  });
};
