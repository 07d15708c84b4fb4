import type { SharedVideoRow } from "#lib/db/queries/sharing/shared-videos.ts";
import { mediaUrl } from "#lib/playback/media-url.ts";
import { isEmbeddable } from "#lib/sharing/embed-rights.ts";
import type { FeedVideo } from "#lib/sharing/feed-item.ts";

/** Whether everybody who has a video's address may watch it, of accounts in good standing. */
export const isOpen = (row: SharedVideoRow): boolean =>
  row.visibility !== "private" &&
  row.status === "ready" &&
  row.currentRunId !== null &&
  row.deletedAt === null &&
  row.takenDownAt === null &&
  row.ownerStatus === "active";

/** Whether a video is told of to other sites at all: what everybody finds in lists. */
export const isTold = (row: SharedVideoRow): boolean =>
  isOpen(row) && row.visibility === "public" && row.publishedAt !== null;

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
