import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findAsset } from "#lib/db/queries/videos/playback.ts";
import { AppError } from "#lib/errors.ts";
import { attachmentOf } from "#lib/playback/content-disposition.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { objectStore } from "#lib/storage/index.ts";
import { mayEdit, mayPlay } from "#lib/videos/policy.ts";

const endingOf: Record<string, string> = { "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "image/jpeg": ".jpg" };

const filenameOf = (asset: { kind: string; title: string; sourceFilename: string; contentType: string }): string =>
  asset.kind === "original" ? asset.sourceFilename : `${asset.title}${endingOf[asset.contentType] ?? ""}`;

const requireOwnAsset = async ({ viewer, assetId }: { viewer: Viewer; assetId: string }) => {
  if (viewer === null) throw new AppError("unauthenticated");
  const asset = await findAsset(db(), assetId);
  if (asset === null || asset.deletedAt !== null || asset.key.endsWith("/")) throw new AppError("not_found");
  if (!mayEdit(viewer, asset) || !mayPlay(viewer, asset)) throw new AppError("not_found");
  return asset;
};

/** What a page says of a file before it is downloaded. */
export type DownloadFacts = { filename: string; sizeBytes: number; videoId: string | null; url: string };

/** What there is to download, for whoever may edit its video. Throws like `downloadAsset`. */
export const getDownload = async (asked: { viewer: Viewer; assetId: string }): Promise<DownloadFacts> => {
  const asset = await requireOwnAsset(asked);
  const { sizeBytes, videoId } = asset;
  return { filename: filenameOf(asset), sizeBytes, videoId, url: `/api/v1/assets/${asked.assetId}` };
};

/**
 * Sends a stored file to whoever may edit its video, with ranges and its name. Throws `unauthenticated` for nobody and
 * `not_found` for everyone else, as for what is no single file.
 */
export const downloadAsset = async (input: {
  viewer: Viewer;
  assetId: string;
  request: Request;
  requestId: string;
}): Promise<Response> => {
  const { viewer, assetId, request, requestId } = input;
  const asset = await requireOwnAsset({ viewer, assetId });
  return serveObject({
    store: objectStore(),
    key: asset.key,
    request,
    requestId,
    headers: {
      "Content-Type": asset.contentType,
      "Content-Disposition": attachmentOf(filenameOf(asset)),
      "Cache-Control": "private, no-cache",
      // A person's own bytes: should a browser ever show them, they run nothing.
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
    kind: "download",
    counted: asset.videoId === null ? undefined : { videoId: asset.videoId, ownerId: asset.ownerId },
    gzip: false,
  });
};
