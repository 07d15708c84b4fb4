import type { Viewer } from "#lib/accounts/viewer.ts";
import { db } from "#lib/db/client.ts";
import { findSharedVideo } from "#lib/db/queries/sharing/shared-videos.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { embedAncestors } from "#lib/sharing/embed-rights.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { openVideo } from "#lib/videos/get-video.ts";

/** What an embed shows: the player, or why there is none. */
export type Embed =
  | { state: "plays"; video: VideoDto }
  /** Its owner closed it to embeds; the watch page is open. */
  | { state: "closed" }
  /** Its token opens it inside of other sites' pages, and this is none. */
  | { state: "unframed" };

/**
 * A video for a page of another site. `framed`: whether the browser says that it fills a frame. Throws like `openVideo`.
 */
export const openEmbed = async (input: {
  viewer: Viewer;
  videoId: string;
  token?: string | undefined;
  locale?: Locale | undefined;
  framed: boolean;
}): Promise<Embed> => {
  const { video, grant } = await openVideo(input);
  const row = await findSharedVideo(db(), input.videoId);
  if (row === null) throw new AppError("not_found");
  if (embedAncestors(row, grant) === null) return { state: "closed" };
  if (grant !== null && grant.sites.length > 0 && !input.framed) return { state: "unframed" };
  return { state: "plays", video };
};
