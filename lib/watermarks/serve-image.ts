import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findWatermark } from "#lib/db/queries/videos/watermarks.ts";
import { AppError } from "#lib/errors.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { objectStore } from "#lib/storage/index.ts";
import { watermarkImageKey } from "#lib/storage/keys.ts";
import { mayUseWatermark } from "#lib/watermarks/policy.ts";

/**
 * The image of a mark as it is burned in, for those who may use the mark; the newest, or that of one drawing, which a
 * video may still wish for after the mark was changed or deleted. Throws `unauthenticated` and `not_found`.
 */
export const serveWatermarkImage = async (input: {
  viewer: Viewer;
  watermarkId: string;
  drawingId: string | null;
  request: Request;
  requestId: string;
}): Promise<Response> => {
  const { viewer, watermarkId, drawingId, request, requestId } = input;
  if (viewer === null) throw new AppError("unauthenticated");
  const mark = await findWatermark(db(), { watermarkId });
  if (mark === null || !mayUseWatermark(viewer, mark)) throw new AppError("not_found");
  const key = drawingId === null ? mark.imageKey : watermarkImageKey({ watermarkId, drawingId });
  if (key === null) throw new AppError("not_found");
  return serveObject({
    store: objectStore(),
    key,
    request,
    requestId,
    headers: {
      "Content-Type": "image/png",
      "Cache-Control": drawingId === null ? "private, no-cache" : "private, max-age=31536000, immutable",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
    kind: "image",
    gzip: false,
  });
};
