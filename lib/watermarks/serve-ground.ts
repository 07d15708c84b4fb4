import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { objectStore } from "#lib/storage/index.ts";
import { cleanPosterKey } from "#lib/storage/keys.ts";
import { mayEdit, mayPlay, requireVisibleVideo } from "#lib/videos/policy.ts";

/** Address of the ground for one poster: another poster has another, so that no cache shows the one before. */
export const groundUrl = ({ id, posterKey }: { id: string; posterKey: string | null }): string | null => {
  if (posterKey === null) return null;
  return `/api/v1/videos/${id}/watermark/ground?of=${encodeURIComponent(posterKey.split("/").slice(-2).join("-"))}`;
};

/**
 * A video's poster without the mark, as the ground on which an editor places one; for those who may edit the video only.
 * Throws `unauthenticated`, `forbidden`, and `not_found` also while there is no poster.
 */
export const serveGround = async (input: {
  viewer: Viewer;
  videoId: string;
  request: Request;
  requestId: string;
}): Promise<Response> => {
  const { viewer, videoId, request, requestId } = input;
  if (viewer === null) throw new AppError("unauthenticated");
  const video = await requireVisibleVideo(db(), { viewer, videoId });
  if (!mayEdit(viewer, video)) throw new AppError("forbidden");
  const { posterKey } = video;
  if (posterKey === null || !mayPlay(viewer, video)) throw new AppError("not_found");
  const store = objectStore();
  const clean = cleanPosterKey(posterKey);
  return serveObject({
    ...{ store, request, requestId },
    key: (await store.head(clean)) === null ? posterKey : clean,
    headers: { "Content-Type": "image/jpeg", "Cache-Control": "private, no-cache" },
    kind: "image",
    gzip: false,
  });
};
