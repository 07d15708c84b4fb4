import { db } from "#lib/db/client.ts";
import { findShownAvatar } from "#lib/db/queries/accounts/avatars.ts";
import { AppError } from "#lib/errors.ts";
import { serveObject } from "#lib/playback/serve-object.ts";
import { objectStore } from "#lib/storage/index.ts";
import { avatarIdOf } from "#lib/storage/keys.ts";

/**
 * An account's picture, for everybody: `version` is the id in the address that DTOs give; with an older one, or none, the
 * newest is given and not kept. Throws `not_found` for accounts without one, and for those that are suspended or leave.
 */
export const serveAvatar = async (input: {
  username: string;
  version: string | null;
  request: Request;
  requestId: string;
}): Promise<Response> => {
  const { username, version, request, requestId } = input;
  const key = await findShownAvatar(db(), username);
  if (key === null) throw new AppError("not_found");
  const exact = version !== null && version === avatarIdOf(key);
  return serveObject({
    ...{ store: objectStore(), key, request, requestId, kind: "image", gzip: false },
    headers: {
      "Content-Type": "image/webp",
      "Cache-Control": exact ? "public, max-age=31536000, immutable" : "no-cache",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
  });
};
