import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findAccountExport } from "#lib/db/queries/accounts/account-exports.ts";
import { AppError } from "#lib/errors.ts";
import { attachmentOf } from "#lib/playback/content-disposition.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { objectStore } from "#lib/storage/index.ts";

/**
 * Sends the file to the account that it is about. Throws `unauthenticated`, `not_found` for every other one and while it is
 * made, and `gone` when its week is over.
 */
export const downloadExport = async ({
  viewer,
  exportId,
  request,
  requestId,
}: {
  viewer: Viewer;
  exportId: string;
  request: Request;
  requestId: string;
}): Promise<Response> => {
  if (viewer === null) throw new AppError("unauthenticated");
  const row = await findAccountExport(db(), { exportId, userId: viewer.id });
  if (row === null || row.state === "queued") throw new AppError("not_found");
  if (row.state === "expired" || row.expiresAt === null || row.expiresAt <= new Date()) throw new AppError("gone");
  return serveObject({
    store: objectStore(),
    key: row.key,
    request,
    requestId,
    headers: {
      "Content-Type": "application/zip",
      "Content-Disposition": attachmentOf(`kinora-${viewer.username}-${row.createdAt.toISOString().slice(0, 10)}.zip`),
      "Cache-Control": "private, no-store",
    },
    kind: "account",
    gzip: false,
  });
};
