import type { SharedVideoRow } from "#lib/db/queries/sharing/shared-videos.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";
import type { TokenGrant } from "#lib/playback/playback-tokens.ts";
import type { FeedVideo } from "#lib/sharing/feed-item.ts";
import { frameAncestors } from "#lib/sharing/site-name.ts";

/** Whether a video is told of to other sites at all: what everybody finds in lists, of accounts in good standing. */
export const isTold = (row: SharedVideoRow): boolean =>
  row.visibility === "public" &&
  row.status === "ready" &&
  row.publishedAt !== null &&
  row.currentRunId !== null &&
  row.deletedAt === null &&
  row.takenDownAt === null &&
  row.ownerStatus === "active";

/** What decides where a video's player may be shown. */
export type EmbedRights = Pick<SharedVideoRow, "embedding" | "sites" | "embeddable">;

/** Whether any page of another site may show the player. */
export const isEmbeddable = ({ embeddable, embedding }: EmbedRights): boolean => embeddable && embedding !== "nowhere";

/**
 * Which pages may show the player (`frame-ancestors`); null when none may. A playback token's sites count instead of its
 * channel's: whoever made the token named them for this video.
 */
export const embedAncestors = (rights: EmbedRights, grant: TokenGrant | null): string | null => {
  if (!isEmbeddable(rights)) return null;
  if (grant !== null && grant.sites.length > 0) return frameAncestors(grant.sites);
  return rights.embedding === "listed" ? frameAncestors(rights.sites) : "*";
};

/** Path of the poster, as everybody may load it; null without one. */
export const posterPath = (row: SharedVideoRow): string | null =>
  row.posterKey === null ? null : mediaUrl({ key: row.posterKey, video: row, now: new Date() });

/** A public video as feeds and site maps tell it. The caller asked only for those that are told of. */
export const toFeedVideo = (row: SharedVideoRow): FeedVideo => ({
  id: row.id,
  title: row.title,
  description: row.description,
  tags: row.tags,
  durationMs: row.durationMs,
  publishedAt: row.publishedAt ?? row.updatedAt,
  changedAt: row.updatedAt,
  viewCount: row.viewCount,
  posterUrl: posterPath(row),
  embeddable: isEmbeddable(row),
});
