import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findCaption } from "#lib/db/queries/videos/captions.ts";
import { AppError } from "#lib/errors.ts";
import { withoutTimestampMap } from "#lib/media/captions/vtt-write.ts";
import { attachmentOf } from "#lib/playback/content-disposition.ts";
import { objectStore } from "#lib/storage/index.ts";
import { mayPlay, requireVisibleVideo } from "#lib/videos/policy.ts";

/** A text track as a WebVTT file. Throws `not_found` for what there is not and what the viewer may not see. */
export const downloadCaption = async (input: {
  viewer: Viewer;
  videoId: string;
  captionId: string;
  signal: AbortSignal;
}): Promise<Response> => {
  const { viewer, videoId, captionId, signal } = input;
  const video = await requireVisibleVideo(db(), { viewer, videoId });
  const caption = mayPlay(viewer, video) ? await findCaption(db(), { videoId, captionId }) : null;
  if (caption === null) throw new AppError("not_found");
  const parts: Uint8Array[] = [];
  const stream = await objectStore().read({ key: caption.key, signal });
  for await (const part of stream as AsyncIterable<Uint8Array>) parts.push(part);
  return new Response(withoutTimestampMap(Buffer.concat(parts).toString("utf8")), {
    headers: {
      "Content-Type": "text/vtt; charset=utf-8",
      "Content-Disposition": attachmentOf(`${video.title}.${caption.language}.vtt`),
      "Cache-Control": "private, no-cache",
      "X-Content-Type-Options": "nosniff",
    },
  });
};
