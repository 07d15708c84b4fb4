import { secretHash } from "#lib/accounts/tokens/secret-token.ts";
import { db, isConnectionError } from "#lib/db/client.ts";
import { findPlaybackToken } from "#lib/db/queries/sharing/playback-tokens.ts";
import { findSharedVideo } from "#lib/db/queries/sharing/shared-videos.ts";
import { idSchema } from "#lib/ids.ts";
import { embedAncestors } from "#lib/sharing/embed-rights.ts";

/** The token's sites; null for a token that opens nothing (any more), whose page only says so. */
const sitesOf = async ({ token, videoId }: { token: string; videoId: string }) => {
  const row = await findPlaybackToken(db(), secretHash(token));
  return row === null || row.videoId !== videoId || row.revokedAt !== null || row.expired ? null : row;
};

const lookUp = async ({ videoId, token }: { videoId: string; token: string | null }): Promise<string> => {
  const row = await findSharedVideo(db(), videoId);
  if (row === null) return "*";
  const grant = token === null || row.visibility !== "private" ? null : await sitesOf({ token, videoId });
  return embedAncestors(row, grant) ?? "*";
};

/**
 * Which pages may frame an embed's page (sources of `frame-ancestors`). What says only that there is nothing to see, or that
 * the owner wants no embeds, may be framed anywhere: a person learns more of it than of an empty frame. Nobody may while the
 * database is away.
 */
export const embedPageAncestors = async (asked: { videoId: string; token: string | null }): Promise<string> => {
  const videoId = idSchema.safeParse(asked.videoId);
  // An id in other letters (`%2D`) might still name a video to the page itself.
  if (!videoId.success) return "'none'";
  try {
    return await lookUp({ videoId: videoId.data, token: asked.token });
  } catch (error) {
    if (isConnectionError(error)) return "'none'";
    throw error;
  }
};
